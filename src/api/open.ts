import type { JobsApi } from '../jobs/query';
import { CoreV2 } from './coreV2';
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
  /** Called once, when the server refuses the credentials; nothing is sent from then on. */
  onRejected?(): void;
}

/** The jobs of an instance. Nothing is sent yet. */
export function openJobs(options: OpenOptions): JobsApi {
  const header = authorization(options.credentials);
  const latch = new Latch();
  latch.onRejected(() => options.onRejected?.());
  const http = new Http({
    instance: options.name,
    url: options.url,
    authorization: () => header,
    latch,
    log: options.log,
  });
  return new CoreV2(http, options.log);
}
