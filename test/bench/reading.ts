import { Agent, get } from 'node:http';
import { everyJob } from '../../src/jobs/everything';
import type { Generation } from '../../src/jobs/query';
import type { Figure } from './figure';
import { connect, startInstance, type Instance } from './instance';
import { median } from './median';
import { jobOf } from './server/fields';

const jobs = 100_000;
/** Pairs of one bare reading and one through the adapter. */
const pairs = 9;

/** How fast all jobs are read through the adapters, next to reading the same pages with nothing but Node. */
export async function reading(): Promise<Figure[]> {
  const instance = await startInstance({ jobs, active: 20, newest: Date.now() });
  try {
    return [
      { ...(await compare(instance, 'core-2.0', pairs)), atLeast: 0.7 },
      await compare(instance, 'jobs-v1', 3),
    ];
  } finally {
    await instance.stop();
  }
}

async function compare(instance: Instance, generation: Generation, rounds: number): Promise<Figure> {
  const ratios: number[] = [];
  const [bare, adapter]: [number[], number[]] = [[], []];
  await check(instance, generation);
  // The first pair warms both up. What else the machine does in the meantime meets both.
  for (let round = 0; round <= rounds; round++) {
    const alone = await timed(() => readBare(instance, generation));
    const through = await timed(() => readThrough(instance, generation));
    if (round === 0) continue;
    bare.push(Math.round(alone));
    adapter.push(Math.round(through));
    ratios.push(alone / through);
  }
  return {
    name: `Reading ${jobs} jobs through ${generation}, next to node:http and JSON.parse`,
    value: Number(median(ratios).toFixed(3)),
    unit: '×',
    detail: {
      'bare, ms': bare,
      'adapter, ms': adapter,
      'bare / adapter': ratios.map((ratio) => Number(ratio.toFixed(3))),
      'bare / adapter, of the fastest': Number((Math.min(...bare) / Math.min(...adapter)).toFixed(3)),
      'jobs per second through the adapter': Math.round((jobs / median(adapter)) * 1000),
    },
  };
}

/** Milliseconds that a reading takes. */
async function timed(read: () => Promise<number>): Promise<number> {
  const started = performance.now();
  const count = await read();
  const took = performance.now() - started;
  if (count !== jobs) throw new Error(`${count} jobs were read where there are ${jobs}.`);
  return took;
}

async function readThrough(instance: Instance, generation: Generation): Promise<number> {
  let count = 0;
  for await (const job of everyJob(await connect(instance, generation), {})) if (job.id !== '') count++;
  return count;
}

/** Looks once at what is read: a fast answer that is wrong is worth nothing. */
async function check(instance: Instance, generation: Generation): Promise<void> {
  let n = jobs;
  for await (const { id, createdOn } of everyJob(await connect(instance, generation), {})) {
    const expected = jobOf({ n: --n, state: 'running' }, instance.plan);
    if (id !== expected.id || createdOn?.getTime() !== expected.createdOn?.getTime())
      throw new Error(`${id} was read where job ${n} is, ${expected.id}.`);
  }
}

/** The same pages, one after the other on one connection. What comes is parsed and not looked at. */
async function readBare(instance: Instance, generation: Generation): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const page = (query: string) =>
    new Promise<{ readonly results: readonly unknown[]; readonly nextCursor?: string }>((resolve, reject) => {
      const url = instance.url + query;
      get(url, { agent, headers: { authorization: 'Bearer bench' } }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Awaited<ReturnType<typeof page>>);
        });
      }).on('error', reject);
    });
  let count = 0;
  let more = true;
  for (let cursor = ''; more;) {
    const { results, nextCursor } = await page(
      generation === 'core-2.0'
        ? `/rest/2.0/jobs?offset=${count}&limit=1000&countLimit=0`
        : `/rest/jobs/v1/jobs?pageSize=50${cursor}`,
    );
    count += results.length;
    cursor = `&cursor=${nextCursor ?? ''}`;
    more = generation === 'core-2.0' ? count < jobs : nextCursor !== undefined;
  }
  agent.destroy();
  return count;
}
