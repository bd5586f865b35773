import type { CollibraError } from './errors';
import type { Generation, JobsApi } from '../jobs/query';
import { adapterOf, detectGeneration } from './generation';
import { Http } from './http';
import { Latch } from './latch';
import type { Log } from './log';
import { authorization, type Credentials } from './signIn';

export interface OpenOptions {
  /** Name of the connection, for sentences. */
  readonly name: string;
  readonly url: string;
  readonly credentials: Credentials;
  readonly log: Log;
  /** Undefined: the instance is asked which one it speaks. */
  readonly generation?: Generation;
  readonly signal?: AbortSignal;
  /** Called once, when the server refuses the credentials; nothing is sent from then on. */
  onRejected?(failure: CollibraError): void;
}

/** The jobs of an instance. Nothing is sent where the generation is given. */
export async function openJobs(options: OpenOptions): Promise<JobsApi> {
  const header = authorization(options.credentials);
  const latch = new Latch();
  latch.onRejected((failure) => options.onRejected?.(failure));
  const http = new Http({
    instance: options.name,
    url: options.url,
    authorization: () => header,
    latch,
    log: options.log,
  });
  const generation = options.generation ?? (await detectGeneration(http, options.log, options.signal));
  return adapterOf(generation, http, options.log);
}
