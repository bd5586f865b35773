import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openInstance } from '../../src/api/open';
import type { Generation, JobsApi } from '../../src/jobs/query';
import { memoryLog } from '../support/log';
import type { Plan } from './server/population';

/** What an instance received and sent. */
export interface Traffic {
  readonly requests: number;
  /** Of the answers, heads included. */
  readonly bytes: number;
  /** When each request came, ns as of `process.hrtime.bigint()`, which all processes of a machine share. */
  readonly arrivals: readonly bigint[];
}

/** A Collibra of both generations, in a process of its own so that it takes no time from what is measured. */
export interface Instance {
  readonly url: string;
  readonly plan: Plan;
  /** What came and went since this was last asked. */
  traffic(): Promise<Traffic>;
  stop(): Promise<void>;
}

/** What the instance's process says: where it is, and then, each time it is asked, what came and went. */
export type FromInstance =
  { readonly url: string } | { readonly bytes: number; readonly arrivals: readonly string[] };

/** Starts an instance on 127.0.0.1. It makes up its jobs as it is asked, so that a million cost no more than one. */
export async function startInstance(plan: Plan): Promise<Instance> {
  const child = fork(join(import.meta.dirname, 'server/process.ts'), [JSON.stringify(plan)], {
    execArgv: ['--import', 'tsx'],
  });
  const ended = once(child, 'exit');
  const answer = async (): Promise<FromInstance> => {
    const died = ended.then(() => Promise.reject(new Error("The bench's instance ended by itself.")));
    const [message] = (await Promise.race([once(child, 'message'), died])) as [FromInstance];
    return message;
  };
  const ready = await answer();
  if (!('url' in ready)) throw new Error("The bench's instance didn't say where it is.");
  return {
    url: ready.url,
    plan,
    traffic: async () => {
      const told = answer();
      child.send('tell');
      const message = await told;
      if (!('bytes' in message)) throw new Error("The bench's instance said something else.");
      const arrivals = message.arrivals.map(BigInt);
      return { requests: arrivals.length, bytes: message.bytes, arrivals };
    },
    stop: async () => {
      child.disconnect();
      await ended;
    },
  };
}

/** The product's port to an instance whose generation is known. Nothing is sent yet. */
export async function connect({ url }: Pick<Instance, 'url'>, generation: Generation): Promise<JobsApi> {
  const credentials = { kind: 'bearer', token: 'bench' } as const;
  const { jobs } = await openInstance({ name: 'Bench', url, credentials, log: memoryLog(), generation });
  return jobs;
}
