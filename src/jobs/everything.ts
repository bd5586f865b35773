import type { Job } from './job';
import type { JobQuery, JobsApi, PageToken } from './query';

/** How often the list may move away under the pages before what was found has to do. */
const restarts = 3;

/** All jobs that match, page by page, each once. Where pages don't meet, the list is read again. */
export async function* everyJob(api: JobsApi, query: JobQuery, signal?: AbortSignal): AsyncGenerator<Job> {
  const seen = new Set<string>();
  let after: PageToken | undefined;
  let restarted = 0;
  do {
    const page = await api.find(query, { limit: api.capabilities.largestPage, after }, signal);
    const before = seen.size;
    for (const job of page.jobs) {
      if (seen.has(job.id)) continue;
      seen.add(job.id);
      yield job;
    }
    const again = !page.contiguous && restarted++ < restarts;
    after = again ? undefined : page.next;
    if (again) continue;
    // A server that repeats a page would be asked for ever.
    if (after === undefined || seen.size === before) return;
  } while (!signal?.aborted);
  signal.throwIfAborted();
}
