import type { Generation, ImportResults, JobsApi, Users } from '../jobs/query';
import { CollibraError } from './errors';
import { adapterOf, detectGeneration } from './generation';
import { Http } from './http';
import { CollibraImportResults } from './importResults';
import { jwtExpiry } from './jwt';
import { Latch } from './latch';
import type { Log } from './log';
import { secretsIn, signInWith, type Credentials } from './signIn';
import { CertificateProblem, secureContext, type CertificateFiles } from './tls';
import { Transport } from './transport';
import { CollibraUsers } from './users';

export interface OpenOptions extends CertificateFiles {
  /** Name of the connection, for sentences. */
  readonly name: string;
  readonly url: string;
  readonly credentials: Credentials;
  readonly log: Log;
  /** Undefined: the instance is asked which one it speaks. */
  readonly generation?: Generation;
  /** Ends what is under way; nothing is sent any more. */
  readonly signal?: AbortSignal;
  /** Shared by all that send this secret; one of its own without. */
  readonly latch?: Latch;
}

/** What an instance offers. */
export interface Instance {
  readonly jobs: JobsApi;
  readonly users: Users;
  readonly importResults: ImportResults;
  /** When the secret itself ends, ms since the epoch; a JWT says so. */
  readonly expires?: number;
}

/** Opens an instance. Nothing is sent where the generation is given. Rejects with a `CollibraError`. */
export async function openInstance(options: OpenOptions): Promise<Instance> {
  const { http } = await openHttp(options);
  const { log, signal, credentials } = options;
  const generation = options.generation ?? (await detectGeneration(http, log, signal));
  return {
    jobs: adapterOf(generation, http, log),
    users: new CollibraUsers(http),
    importResults: new CollibraImportResults(http),
    expires: credentials.kind === 'bearer' ? jwtExpiry(credentials.token) : undefined,
  };
}

/** The way to an instance, with the sign-in and without. */
export async function openHttp(options: OpenOptions): Promise<{ http: Http; transport: Transport }> {
  const { name: instance, url, credentials, log } = options;
  try {
    const tls = await secureContext(options, credentials.passphrase);
    const transport = new Transport({ instance, url, log, tls, secrets: secretsIn(credentials) });
    const signIn = signInWith(credentials, transport);
    return { transport, http: new Http(transport, signIn, options.latch ?? new Latch(), options.signal) };
  } catch (error) {
    if (!(error instanceof CertificateProblem)) throw error;
    const { kind, detail, help } = error;
    throw new CollibraError(kind, { instance, host: new URL(url).host, detail, help });
  }
}
