import type { Sieve } from './everything';
import { finishedStates, type Job, type JobState } from './job';
import { boundsOf, matches, queryOf, type Filter } from './filter';
import type { Capabilities, JobQuery, JobsApi, Page, PageRequest } from './query';

const startedStates: readonly JobState[] = ['running', 'canceling', ...finishedStates];

/**
 * The jobs of an instance that a filter lets through. The server filters wherever it can; by time nobody can ask, so
 * pages that are sorted by it, newest first, end at the first job that is too old.
 */
export class FilteredJobs implements JobsApi {
  readonly capabilities: Capabilities;

  constructor(
    private readonly api: JobsApi,
    /** It may change between two questions. */
    private readonly filter: () => Filter,
    /** ms since the epoch. */
    private readonly now: () => number,
  ) {
    this.capabilities = api.capabilities;
  }

  async find(query: JobQuery, page: PageRequest, signal?: AbortSignal): Promise<Page> {
    const filter = this.filter();
    const now = this.now();
    const states = both(query.states, filter.states);
    const bounded = filter.started ?? filter.ended;
    // A total that the server counts knows nothing of the time.
    const asked = { ...page, count: page.count && !bounded };
    const sort = byTime(query.sort, filter);
    const answer = await this.api.find(
      { ...query, ...queryOf(filter), sort, states: timed(states, filter) },
      asked,
      signal,
    );
    const jobs = answer.jobs.filter((job) =>
      matches(job, { started: filter.started, ended: filter.ended }, now),
    );
    const next = isPast(filter, { sort }, answer.jobs.at(-1), now) ? undefined : answer.next;
    return { ...answer, jobs, next };
  }

  /** A single job is what was asked for, whatever the filter. */
  get(id: string, signal?: AbortSignal): Promise<Job> {
    return this.api.get(id, signal);
  }

  cancel(id: string, message?: string, signal?: AbortSignal): Promise<void> {
    return this.api.cancel(id, message, signal);
  }
}

/** Whether all that follows a row is too old: only where the rows are sorted by that time. */
function isPast(filter: Filter, { sort }: JobQuery, last: Job | undefined, now: number): boolean {
  if (!last || sort?.order !== 'desc') return false;
  const [period, date] =
    sort.field === 'startedOn'
      ? [filter.started, last.startedOn]
      : sort.field === 'endedOn'
        ? [filter.ended, last.endedOn]
        : [];
  return period !== undefined && date !== undefined && date.getTime() < boundsOf(period, now).from;
}

/** How to read all jobs that a filter lets through: what to ask, and what to take of the answer. */
export function scanOf(filter: Filter, now: number): { readonly query: JobQuery; readonly sieve: Sieve } {
  const field = filter.ended ? 'endedOn' : filter.started ? 'startedOn' : undefined;
  const sort = field && ({ field, order: 'desc' } as const);
  const query = { ...queryOf(filter), sort, states: timed(filter.states, filter) };
  return {
    query,
    sieve: {
      wanted: (job) => matches(job, { started: filter.started, ended: filter.ended }, now),
      past: (job) => isPast(filter, query, job, now),
    },
  };
}

/** What both lists allow; undefined allows all. */
function both(a: readonly JobState[] | undefined, b: readonly JobState[] | undefined) {
  return a && b ? a.filter((state) => b.includes(state)) : (a ?? b);
}

/** The states that can have the time which is bounded: a list that is sorted by it has the others anywhere. */
function timed(
  states: readonly JobState[] | undefined,
  { started, ended }: Filter,
): readonly JobState[] | undefined {
  if (ended) return both(states, finishedStates);
  return started ? both(states, startedStates) : states;
}

/** By start, where only the start is bounded: then the list ends where it gets too old. */
function byTime(sort: JobQuery['sort'], { started, ended }: Filter): JobQuery['sort'] {
  return sort?.field === 'endedOn' && started && !ended ? { field: 'startedOn', order: 'desc' } : sort;
}
