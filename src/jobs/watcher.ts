import { isFailure } from './failure';
import { activeStates, finishedStates, isActive, type Job, type JobState } from './job';
import type { JobQuery, JobSort, JobsApi, Page } from './query';
import type { Clock } from './clock';
import { hasMore } from './group';
import type { Cancel } from './state';
import type { Store } from './store';

export interface WatchOptions {
  /** Rows of one page of a finished group. */
  readonly pageSize: number;
  /** Active jobs that are kept up to date, at most. */
  readonly budget: number;
  /** How rows are sorted; undefined: active ones by their creation, finished ones by their end. */
  readonly sort?: JobSort;
}

/** Rows of the page that catches jobs which came and went between two refreshes. */
const newestRows = 50;
/** Jobs that left the active list are read one by one up to this number, beyond it by pages. */
const singleReads = 10;
/** Refreshes in which a job that can't be read (a server may answer 500 for an unknown id) is tried again. */
const readAttempts = 5;
/** Totals move with what the refreshes bring; this often they are asked again, ms. */
const totalsInterval = 10 * 60_000;
/** How long the pages of a finished group are kept after it was closed, ms. */
const keptClosed = 5 * 60_000;

interface Resolved {
  readonly found: readonly Job[];
  /** Ids of jobs that the server no longer has, or that ended among too many to be read one by one. */
  readonly gone: readonly string[];
  /** Some ended unseen: where they are is known only to the server. */
  readonly gaveUp: boolean;
}

/** What a refresh asks: the cheapest requests that keep the store true. One asking at a time. */
export class Watcher {
  private turn: Promise<unknown> = Promise.resolve();
  private totalsAsked = -Infinity;
  private turns = 0;
  private readonly failedReads = new Map<string, number>();
  /** Finished groups in which rows may be missing, until they were read again. */
  private readonly doubtful = new Set<JobState>();

  constructor(
    private readonly api: JobsApi,
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly options: () => WatchOptions,
  ) {}

  /** Makes the store true again. A manual one also asks for the totals. */
  refresh(manual: boolean, signal: AbortSignal): Promise<void> {
    return this.exclusive(async () => {
      const { store } = this;
      const active = await this.readActive(signal);
      // The first rows show after one request; later ones change when it is known what became of those that left.
      if (store.state.status.kind === 'loading') store.setActive(active.jobs, active.complete);
      const known = (job: Job) => store.job(job.id) !== undefined;
      const newest = await this.find({}, newestRows, signal);
      const caughtUp = newest.jobs.length === 0 || newest.jobs.some(known);
      const seen = new Set([...active.jobs, ...newest.jobs].map((job) => job.id));
      const { found, gone, gaveUp } = await this.resolve(
        store.leftOf(active.jobs, active.complete),
        seen,
        signal,
      );
      store.batch(() => {
        if (!caughtUp || gaveUp) this.doubt();
        store.setActive(active.jobs, active.complete);
        store.upsert([...newest.jobs, ...found]);
        for (const id of gone) store.remove(id);
      });

      const askTotals =
        this.api.capabilities.totals && (manual || this.clock.now() - this.totalsAsked >= totalsInterval);
      for (const state of finishedStates) {
        const { opened } = this.store.state.groups[state];
        if (this.doubtful.has(state) || (opened && (askTotals || manual)))
          await this.readFirstPage(state, signal);
        else if (askTotals) await this.readTotal(state, signal);
        this.doubtful.delete(state);
      }
      if (askTotals) this.totalsAsked = this.clock.now();
      store.letGo(this.clock.now() - keptClosed);
    });
  }

  /** Reads the first page of a finished group. */
  open(group: JobState, signal: AbortSignal): Promise<void> {
    return this.exclusive(async () => {
      if (!this.store.state.groups[group].opened) await this.readFirstPage(group, signal);
    });
  }

  /** Reads the next page of a finished group. Where it doesn't meet the rows above, the group is read again. */
  more(group: JobState, signal: AbortSignal): Promise<void> {
    return this.exclusive(async () => {
      const before = this.store.state.groups[group];
      if (!hasMore(before)) return;
      const { pageSize } = this.options();
      const page = before.cut
        ? undefined
        : await this.find(this.groupQuery(group), pageSize, signal, before.next);
      if (page?.contiguous) this.store.appendPage(group, page);
      else await this.readAgain(group, before.jobs.length + pageSize, signal);
    });
  }

  /** Reads the jobs that failed last, of which refreshes know only those that they saw. */
  readFailures(signal: AbortSignal): Promise<void> {
    return this.exclusive(async () => {
      const sort = { field: 'endedOn', order: 'desc' } as const;
      const { jobs } = await this.find({ states: ['failed'], sort }, newestRows, signal);
      this.store.upsert(jobs);
    });
  }

  /** Reads one job. Undefined when it is gone, which the store then knows too; rejects when the server can't tell. */
  read(id: string, signal: AbortSignal): Promise<Job | undefined> {
    return this.exclusive(async () => {
      const job = (await this.get(id, signal, false)) ?? undefined;
      if (job) this.store.upsert([job]);
      else this.store.remove(id);
      return job;
    });
  }

  private async readActive(signal: AbortSignal): Promise<{ jobs: readonly Job[]; complete: boolean }> {
    const { budget, sort } = this.options();
    const states = activeStates.filter((state) => this.api.capabilities.states.includes(state));
    const jobs = new Map<string, Job>();
    let page: Page | undefined;
    let before: number;
    do {
      before = jobs.size;
      page = await this.find({ states, sort }, budget - jobs.size, signal, page?.next);
      for (const job of page.jobs) jobs.set(job.id, job);
      // A server that repeats a page would be asked for ever.
    } while (page.next !== undefined && jobs.size < budget && jobs.size > before);
    return { jobs: [...jobs.values()], complete: page.next === undefined };
  }

  /** Finds out what became of jobs that no list named. */
  private async resolve(
    left: readonly Job[],
    seen: ReadonlySet<string>,
    signal: AbortSignal,
  ): Promise<Resolved> {
    const unsettled = this.store.state.groups.other.jobs.filter(isActive);
    const pinned = this.store.pinned.filter((id) => {
      const job = this.store.job(id);
      return job === undefined || isActive(job);
    });
    const unseen = [...pinned, ...[...left, ...unsettled].map((job) => job.id)];
    let ids = [...new Set(unseen)].filter((id) => !seen.has(id));
    // Where not all are read, others come first the next time.
    this.turns = (this.turns + singleReads) % Math.max(1, ids.length);
    if (ids.length > singleReads) ids = [...ids.slice(this.turns), ...ids.slice(0, this.turns)];
    const found: Job[] = [];
    const gone: string[] = [];
    let gaveUp = false;
    if (ids.length > singleReads) {
      // After a night: the jobs that ended last are read as a page, and the rest is no longer followed.
      const sort = { field: 'endedOn', order: 'desc' } as const;
      const ended = await this.find({ states: finishedStates, sort }, ids.length + newestRows, signal);
      const known = new Map(ended.jobs.map((job) => [job.id, job]));
      found.push(...ids.flatMap((id) => known.get(id) ?? []));
      ids = ids.filter((id) => !known.has(id));
      const unread = new Set(ids.splice(singleReads));
      gone.push(...left.map((job) => job.id).filter((id) => unread.has(id)));
      gaveUp = gone.length > 0;
    }
    for (const id of ids) {
      const job = await this.get(id, signal);
      if (job) found.push(job);
      else if (job === undefined) gone.push(id);
    }
    return { found, gone, gaveUp };
  }

  /** Rows of finished groups may be missing, and their totals wrong. */
  private doubt(): void {
    for (const state of finishedStates) {
      const { opened, closedAt } = this.store.state.groups[state];
      if (opened && closedAt === undefined) this.doubtful.add(state);
    }
    this.store.closeGroups();
    this.totalsAsked = -Infinity;
  }

  /** One job; undefined when it is gone, null when the server can't tell and that is tolerated for a while. */
  private async get(id: string, signal: AbortSignal, tolerant = true): Promise<Job | undefined | null> {
    try {
      const job = await this.api.get(id, signal);
      signal.throwIfAborted();
      this.failedReads.delete(id);
      return job;
    } catch (error) {
      if (!isFailure(error)) throw error;
      if (error.kind !== 'notFound' && (error.kind !== 'server' || !tolerant)) throw error;
      const known = this.store.job(id);
      // Job API v1 cancels by deleting: after a cancel that was sent, gone means canceled.
      if (error.kind === 'notFound' && known && mayHaveCanceled(this.store.state.cancels.get(id)))
        return { ...known, state: 'canceled', rawState: undefined };
      const attempts = (this.failedReads.get(id) ?? 0) + 1;
      this.failedReads.set(id, attempts);
      // One job that the server can't tell about must not make the whole list look stale.
      if (error.kind === 'server' && attempts < readAttempts) return null;
      this.failedReads.delete(id);
      return undefined;
    }
  }

  private async readFirstPage(group: JobState, signal: AbortSignal): Promise<void> {
    const { pageSize } = this.options();
    const page = await this.find(this.groupQuery(group), pageSize, signal, undefined, true);
    this.store.setFirstPage(group, page, this.clock.now());
  }

  /** Reads a group from its start, down to as many rows as are wanted. */
  private async readAgain(group: JobState, wanted: number, signal: AbortSignal): Promise<void> {
    let page = await this.find(this.groupQuery(group), wanted, signal, undefined, true);
    this.store.setFirstPage(group, page, this.clock.now());
    let before = 0;
    const rows = () => this.store.state.groups[group].jobs.length;
    // A server that repeats a page would be asked for ever.
    while (page.next !== undefined && rows() < wanted && rows() > before) {
      before = rows();
      page = await this.find(this.groupQuery(group), wanted, signal, page.next);
      this.store.appendPage(group, page);
    }
  }

  private async readTotal(group: JobState, signal: AbortSignal): Promise<void> {
    const { total, serverTime } = await this.find(this.groupQuery(group), 1, signal, undefined, true);
    if (total !== undefined) this.store.setTotal(group, total, serverTime ?? this.clock.now());
  }

  /** A finished group; unless told, the last to end first, so that what just ended stands on top. */
  private groupQuery(group: JobState): JobQuery {
    return { states: [group], sort: this.options().sort ?? { field: 'endedOn', order: 'desc' } };
  }

  private async find(
    query: JobQuery,
    limit: number,
    signal: AbortSignal,
    after?: Page['next'],
    count = false,
  ): Promise<Page> {
    const page = await this.api.find(query, { limit, after, count }, signal);
    signal.throwIfAborted();
    this.store.setClock(page.serverTime, this.clock.now());
    return page;
  }

  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.turn.then(work);
    this.turn = result.catch(() => undefined);
    return result;
  }
}

function mayHaveCanceled(cancel: Cancel | undefined): boolean {
  return cancel !== undefined && cancel.kind !== 'refused' && cancel.kind !== 'finishedFirst';
}
