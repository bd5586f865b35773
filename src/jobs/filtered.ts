import { boundOf, boundsOf, matches, queryOf, type Filter } from './filter';
import { finishedStates, type Job, type JobState } from './job';
import type { Capabilities, JobQuery, JobSort, JobsApi, Page, PageRequest, PageToken } from './query';

const startedStates: readonly JobState[] = ['running', 'canceling', ...finishedStates];
/** Rows that are looked at to count those of a time, at most: nobody else counts them. */
const counted = 50;

/** Jobs are looked at one page after the other, because those of the first are later than what is wanted. */
export interface Look {
  /** Jobs that were looked at. */
  readonly jobs: number;
  /** The time of the last of them. */
  readonly backTo?: Date;
  /** Ends it: what was found has to do. */
  stop(): void;
}

export interface FilteredOptions {
  /** It may change between two questions. */
  filter(): Filter;
  /** By the server's clock, which an answer may have told; ms since the epoch. */
  now(told?: number): number;
  /** Called after each page but the first; with undefined when there are no more. */
  looking?(look: Look | undefined): void;
}

/**
 * The jobs of an instance that a filter lets through. The server filters wherever it can; by time nobody can ask, so
 * a list that is sorted by it, newest first, ends at the first job that is too old.
 */
export class FilteredJobs implements JobsApi {
  readonly capabilities: Capabilities;

  constructor(
    private readonly api: JobsApi,
    private readonly options: FilteredOptions,
  ) {
    this.capabilities = api.capabilities;
  }

  /** Without an order these are the newest, of which there is one page. */
  async find(query: JobQuery, page: PageRequest, signal?: AbortSignal): Promise<Page> {
    const filter = this.options.filter();
    const field = boundOf(filter);
    const states = timed(both(query.states, filter.states), filter);
    const asked = { ...query, ...queryOf(filter), states };
    if (!query.sort) return this.newest(asked, page, signal);
    if (query.sort.field === field && query.sort.order === 'desc')
      return this.lookBack(asked, field, page, signal);
    const answer = await this.api.find(asked, field ? { ...page, count: false } : page, signal);
    return { ...answer, jobs: this.wanted(answer) };
  }

  /**
   * Where only finished jobs are wanted, no active one is followed to its end: what ended last is the news. Should
   * those without an end be all that comes on top, it is what was created last, as usual.
   */
  private async newest(query: JobQuery, page: PageRequest, signal?: AbortSignal): Promise<Page> {
    const ask = (sort?: JobSort) => this.api.find({ ...query, sort }, { ...page, count: false }, signal);
    const areEnded = query.states?.every((state) => (finishedStates as readonly JobState[]).includes(state));
    let answer = await ask(areEnded ? { field: 'endedOn', order: 'desc' } : undefined);
    const last = answer.jobs.at(-1);
    if (areEnded && last && !last.endedOn) answer = await ask();
    return { ...answer, jobs: this.wanted(answer) };
  }

  /** A single job is what was asked for, whatever the filter. */
  get(id: string, signal?: AbortSignal): Promise<Job> {
    return this.api.get(id, signal);
  }

  cancel(id: string, message?: string, signal?: AbortSignal, sending?: () => void): Promise<void> {
    return this.api.cancel(id, message, signal, sending);
  }

  /** One page of a list that is sorted by the time which is bounded; pages with nothing that is wanted are passed over. */
  private async lookBack(
    query: JobQuery,
    field: 'startedOn' | 'endedOn',
    { limit, after, count }: PageRequest,
    signal?: AbortSignal,
  ): Promise<Page> {
    let looked = 0;
    let told = false;
    const enough = new AbortController();
    let last: Job | undefined;
    let empty = false;
    const followed = new Set<PageToken | undefined>([after]);
    let page: Page | undefined;
    let contiguous = true;
    const onlyTotal = count === true && limit === 1;
    const rows = onlyTotal ? counted : limit;
    try {
      for (;;) {
        // What is passed over is passed over in large steps.
        const step = page ? this.capabilities.largestPage : rows;
        page = await this.api.find(query, { limit: step, after: page?.next ?? after }, signal);
        const end = page.jobs.at(-1);
        contiguous &&= page.contiguous;
        looked += page.jobs.length;
        // A server that repeats a page would be asked for ever. One page may bring nothing new: the list has moved.
        const repeats = end ? end.id === last?.id : empty;
        empty = !end;
        const over = repeats || followed.has(page.next) || this.isPast(end?.[field], field, page.serverTime);
        followed.add(page.next);
        last = end;
        const jobs = this.wanted(page);
        const next = over ? undefined : page.next;
        if (next === undefined || jobs.length > 0 || enough.signal.aborted || onlyTotal) {
          const total = count && after === undefined && next === undefined ? jobs.length : undefined;
          return { ...page, jobs, next, total, contiguous, lookedBackTo: next && last?.[field] };
        }
        told = true;
        this.options.looking?.({ jobs: looked, backTo: last?.[field], stop: () => enough.abort() });
      }
    } finally {
      if (told) this.options.looking?.(undefined);
    }
  }

  private wanted({ jobs, serverTime }: Page): readonly Job[] {
    const { started, ended } = this.options.filter();
    const now = this.options.now(serverTime);
    return jobs.filter((job) => matches(job, { started, ended }, now));
  }

  /** Whether all that follows a row of this time is too old. */
  private isPast(time: Date | undefined, field: 'startedOn' | 'endedOn', serverTime?: number): boolean {
    const { started, ended } = this.options.filter();
    // What ended before it could have started is too old as well.
    const periods = field === 'endedOn' ? [ended, started] : [started];
    const now = this.options.now(serverTime);
    return (
      time !== undefined &&
      periods.some((period) => period !== undefined && time.getTime() < boundsOf(period, now).from)
    );
  }
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
