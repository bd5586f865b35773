import type { Generation, JobsApi } from '../jobs/query';
import { CoreV2 } from './coreV2';
import { CollibraError } from './errors';
import type { Http } from './http';
import { JobsV1 } from './jobsV1';
import type { Log } from './log';

/** The adapter of a generation. */
export function adapterOf(generation: Generation, http: Http, log: Log): JobsApi {
  return generation === 'jobs-v1' ? new JobsV1(http, log) : new CoreV2(http, log);
}

/**
 * Asks which generation the instance speaks: Job API v1 first, Core REST 2.0 only on proof. No jobs are kept.
 * Rejects with the `CollibraError` that left the question open; a 401 or a 403 answers nothing.
 */
export async function detectGeneration(http: Http, log: Log, signal?: AbortSignal): Promise<Generation> {
  try {
    await adapterOf('jobs-v1', http, log).find({}, { limit: 1 }, signal);
    return 'jobs-v1';
  } catch (error) {
    if (!(error instanceof CollibraError) || !saysMissing(error)) throw error;
    log.debug(`Job API v1 does not answer: ${error.kind}`);
    try {
      await adapterOf('core-2.0', http, log).find({}, { limit: 1 }, signal);
      return 'core-2.0';
    } catch (second) {
      // What the current generation said is the better reason, unless the older one says more than "not here".
      if (second instanceof CollibraError && second.kind === 'notFound') throw error;
      throw second;
    }
  }
}

/** No such path, or a web page in its place. A refusal or an outage says nothing, whatever its body looks like. */
function saysMissing({ kind, status = 0 }: CollibraError): boolean {
  if (kind === 'notFound') return true;
  return (kind === 'notCollibra' || kind === 'singleSignOn') && status < 400;
}
