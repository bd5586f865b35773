import type { Job } from './job';
import { patiently } from './patience';
import type { JobQuery, JobsApi, PageToken } from './query';

/** How often the list may move away under the pages before what was found has to do. */
const restarts = 3;

/**
 * All jobs that match, page by page, each once. Where pages don't meet, the list is read again; a server that is asked
 * too often gets the time that it wants.
 */
export async function* everyJob(api: JobsApi, query: JobQuery, signal?: AbortSignal): AsyncGenerator<Job> {
  const told = new Told();
  let after: PageToken | undefined;
  let restarted = 0;
  /** Rows since the list was begun. */
  let read = 0;
  let empty = false;
  do {
    const asked = { limit: api.capabilities.largestPage, after };
    const page = await patiently(() => api.find(query, asked, signal), signal);
    const before = told.size;
    for (const job of page.jobs) if (told.add(job)) yield job;
    const again = !page.contiguous && restarted++ < restarts;
    after = again ? undefined : page.next;
    read = again ? 0 : read + page.jobs.length;
    if (again) continue;
    // A server that repeats a page would be asked for ever. A list that is read again begins with what was told,
    // and one that has moved may bring a page of nothing new.
    const repeats = told.size === before && (empty || read > told.size);
    empty = page.jobs.length === 0;
    if (after === undefined || repeats) return;
  } while (!signal?.aborted);
  signal.throwIfAborted();
}

/**
 * The jobs that were told. Newest first, which is the usual order, nearly every job is older than all before it and
 * so a new one: looking each up among a hundred thousand would take a sixth of the time of reading them.
 */
class Told {
  private readonly ids: string[] = [];
  /** The same ids, once a job comes that may be among them. */
  private index?: Set<string>;
  /** When the oldest was created, ms since the epoch. */
  private oldest = Infinity;

  get size(): number {
    return this.ids.length;
  }

  /** Takes the job; answers whether it was not yet among them. */
  add({ id, createdOn }: Job): boolean {
    const created = createdOn?.getTime() ?? NaN;
    if (created < this.oldest) this.oldest = created;
    else if ((this.index ??= new Set(this.ids)).has(id)) return false;
    this.ids.push(id);
    this.index?.add(id);
    return true;
  }
}
