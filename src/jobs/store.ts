import { Emitter } from './emitter';
import { activeStates, finishedStates, isActive, type ActiveState, type Job, type JobState } from './job';
import { emptyGroups, GroupsEdit, hasMore, insert, unread, type Group } from './group';
import { Pins } from './pins';
import type { Page } from './query';
import { createdBefore, endedBefore, inStep, sameJob, type Below } from './rows';
import { Totals } from './totals';
import { differences, shownState, type Cancel, type Change, type JobsState, type Status } from './state';

/** HTTP's `Date` has full seconds: smaller differences of the clocks say nothing. */
const clockTolerance = 2000;

/** Which jobs a store shows, and how. After it has changed, `reset`. */
export interface Shown {
  /** Others are known while they are pinned. */
  wanted(job: Job): boolean;
  /** Whether one stands below another; undefined: active ones by their creation, finished ones by their end. */
  below(): Below | undefined;
}

/** What is known of one connection's jobs. Its state is replaced, never mutated, and says what changed. */
export class Store {
  private current: JobsState;
  private readonly index = new Map<string, Job>();
  private readonly totals = new Totals();
  private readonly pins = new Pins();
  private readonly changedPins: Job[] = [];
  private batching = false;
  private readonly changes = new Emitter<Change>();
  readonly onDidChange = this.changes.event;

  constructor(
    status: Status,
    private readonly shown: Shown = { wanted: () => true, below: () => undefined },
  ) {
    this.current = { status, groups: emptyGroups(), cancels: new Map(), clockOffset: 0 };
  }

  get state(): JobsState {
    return this.current;
  }

  job(id: string): Job | undefined {
    return this.index.get(id);
  }

  /** Jobs that somebody looks at one by one, for example on a details page. */
  get pinned(): readonly string[] {
    return this.pins.ids;
  }

  /** Keeps a job known even where no list shows it, until the result is called. */
  pin(id: string): () => void {
    this.pins.hold(id);
    return () => {
      if (!this.pins.release(id)) return;
      const job = this.index.get(id);
      if (job && !this.current.groups[this.groupOf(job)].jobs.includes(job)) this.forget(id);
    };
  }

  /** Makes several changes one, so that nobody sees what is true only in between. */
  batch(work: () => void): void {
    const outermost = !this.batching;
    const before = this.current;
    this.batching = true;
    try {
      work();
    } finally {
      this.batching = !outermost;
    }
    if (!outermost) return;
    const { groups, change } = differences(before, this.current, this.changedPins.splice(0));
    this.current = { ...this.current, groups };
    if (change.status || change.groups.size > 0 || change.jobs.length > 0) this.changes.fire(change);
  }

  /** The group that shows the job: a cancel that was accepted counts before the server says so. */
  groupOf(job: Job): JobState {
    return shownState(job, this.current.cancels);
  }

  setStatus(status: Status): void {
    this.commit({ status });
  }

  /** Takes the server's clock from an answer that came at `now`. */
  setClock(serverTime: number | undefined, now: number): void {
    if (serverTime === undefined) return;
    const offset = serverTime - now;
    if (Math.abs(offset - this.current.clockOffset) > clockTolerance)
      this.current = { ...this.current, clockOffset: offset };
  }

  /** The jobs that are known as active and are not in the server's list: something became of them. */
  leftOf(listed: readonly Job[], complete: boolean): readonly Job[] {
    return this.inStep(listed) ? [] : this.missing(listed, complete);
  }

  private missing(listed: readonly Job[], complete: boolean): readonly Job[] {
    const ids = new Set(listed.map((job) => job.id));
    const last = listed.at(-1);
    const below = this.below(createdBefore);
    return activeStates.flatMap((state) =>
      this.current.groups[state].jobs.filter(
        (job) => !ids.has(job.id) && (complete || !last || below(last, job) || this.pins.has(job.id)),
      ),
    );
  }

  /**
   * Replaces what is known of active jobs by the server's list, newest first. `complete` is false when the list
   * was cut at the budget. Jobs that left the list stay until it is known what they became.
   */
  setActive(listed: readonly Job[], complete: boolean): void {
    this.batch(() => {
      const { groups } = this.current;
      const strays: Job[] = [];
      const rows = this.inStep(listed) ?? this.placed(listed, complete, strays);
      for (const state of activeStates) {
        rows[state].forEach((job, at) => {
          if (job !== groups[state].jobs[at]) this.index.set(job.id, job);
        });
        const total = complete ? rows[state].length : undefined;
        this.commit({ groups: { [state]: { jobs: rows[state], total, opened: true } } });
      }
      this.upsert(strays);
    });
  }

  private inStep(listed: readonly Job[]): Record<ActiveState, Job[]> | undefined {
    const { running, waiting, canceling } = this.current.groups;
    const known = { running: running.jobs, waiting: waiting.jobs, canceling: canceling.jobs };
    return inStep(listed, known, (job) => this.groupOf(job));
  }

  /** The rows of active groups, jobs that left included. Jobs that aren't active become strays. */
  private placed(listed: readonly Job[], complete: boolean, strays: Job[]): Record<ActiveState, Job[]> {
    const left = this.missing(listed, complete);
    const rows: Record<ActiveState, Job[]> = { running: [], waiting: [], canceling: [] };
    for (const job of listed) {
      const group = this.groupOf(job);
      if (group in rows) rows[group as ActiveState].push(this.known(job));
      else strays.push(job);
    }
    for (const job of left) insert(rows[this.groupOf(job) as ActiveState], job, this.below(createdBefore));
    // Below the cut a job is no longer followed, which says nothing about its end.
    const kept = complete ? undefined : new Set([...listed, ...left].map(({ id }) => id));
    for (const group of activeStates)
      for (const { id } of this.current.groups[group].jobs) if (kept && !kept.has(id)) this.forget(id);
    return rows;
  }

  /** Takes single jobs as the server just told them, whatever their state. */
  upsert(jobs: readonly Job[]): void {
    const edit = new GroupsEdit(this.current.groups);
    const pinned: Job[] = [];
    for (const job of jobs) {
      const before = this.index.get(job.id);
      const to = this.shown.wanted(job) ? this.groupOf(job) : undefined;
      const same = before !== undefined && sameJob(before, job);
      const was = before && this.groupOf(before);
      const isPinned = this.pins.has(job.id);
      // One that is pinned may be known without being shown.
      const from = was && isPinned && !edit.rows(was).some(({ id }) => id === job.id) ? undefined : was;
      if (same && from !== undefined && to !== undefined) continue;
      this.index.set(job.id, job);
      if (isPinned && !same) pinned.push(job);
      if (to !== undefined && from === to) {
        edit.replace(to, job);
        continue;
      }
      if (from !== undefined) edit.remove(from, job.id);
      if (to === undefined) this.forget(job.id);
      else if (isActive(job)) edit.insert(to, job, this.below(createdBefore));
      else {
        const adds = this.totals.adds(to, job, was !== undefined && was !== to);
        // Of a group that is known to its end every row counts.
        if (adds || (edit.group(to).opened && !hasMore(edit.group(to)))) edit.count(to, 1);
        for (const { id } of edit.insertFinished(to, job, this.below(endedBefore))) this.forget(id);
      }
    }
    this.commit({ groups: edit.groups(), pinned });
  }

  /** Forgets a job that is gone from the server, or is no longer followed. */
  remove(id: string): void {
    const job = this.index.get(id);
    if (!job) return;
    const edit = new GroupsEdit(this.current.groups);
    edit.remove(this.groupOf(job), id);
    this.index.delete(id);
    this.commit({ groups: edit.groups(), pinned: this.pins.has(id) ? [job] : [] });
  }

  /**
   * Takes the first page of a finished group. Rows that were loaded below it stay where the two meet; otherwise
   * the group starts again with this page.
   */
  setFirstPage(group: JobState, page: Page, now: number): void {
    const before = this.current.groups[group];
    const meets =
      page.next === undefined ? -1 : before.jobs.findIndex((job) => job.id === page.jobs.at(-1)?.id);
    const tail = meets < 0 || !before.opened ? [] : before.jobs.slice(meets + 1);
    const { next, lookedBackTo, cut, read } =
      tail.length > 0 ? before : { ...page, cut: false, read: page.jobs.length };
    // What an older count said is no longer known; the page may bring a new one.
    this.batch(() => {
      this.setRows(group, [...page.jobs, ...tail], { next, lookedBackTo, cut, read, total: undefined });
      if (page.total !== undefined) this.setTotal(group, page.total, page.serverTime ?? now);
    });
  }

  /** Jobs look otherwise now, though nothing of them changed. */
  touch(ids: readonly string[]): void {
    this.commit({ pinned: ids.flatMap((id) => this.index.get(id) ?? []) });
  }

  /** Lets go of the pages and totals of finished groups, which may no longer be true. */
  closeGroups(): void {
    const closed = finishedStates.map((state) => [
      state,
      { ...this.current.groups[state], ...unread, total: undefined },
    ]);
    this.commit({ groups: Object.fromEntries(closed) as Partial<Record<JobState, Group>> });
  }

  /** Takes the page that follows the loaded ones. */
  appendPage(group: JobState, page: Page): void {
    const { jobs } = this.current.groups[group];
    const rows = [...jobs, ...page.jobs];
    const { next, lookedBackTo } = page;
    this.setRows(group, rows, { next, lookedBackTo, cut: false, read: rows.length });
  }

  /** Notes since when nobody looks at a finished group's rows, or that somebody does. */
  setClosed(group: JobState, at: number | undefined): void {
    this.commit({ groups: { [group]: { ...this.current.groups[group], closedAt: at } } });
  }

  /**
   * Lets go of the pages of finished groups at which nobody has looked since `before`, and of jobs that are no longer
   * wanted because time went by.
   */
  letGo(before: number): void {
    const edit = new GroupsEdit(this.current.groups);
    for (const state of finishedStates)
      for (const { id } of edit.letGo(state, before, (job) => this.shown.wanted(job))) this.forget(id);
    this.commit({ groups: edit.groups() });
  }

  /** Takes the number of a finished group's jobs, counted at `at` by the server's clock. */
  setTotal(group: JobState, total: number, at: number): void {
    this.totals.ask(group, at);
    this.commit({ groups: { [group]: { ...this.current.groups[group], total } } });
  }

  /** Starts again, because other jobs are wanted. */
  reset(status: Status): void {
    for (const id of this.index.keys()) this.forget(id);
    this.totals.clear();
    this.commit({ status, groups: emptyGroups() });
  }

  /** Takes where a job's cancel is: until the job ends, one that was accepted shows it as canceling. */
  setCancel(id: string, cancel?: Cancel): void {
    const job = this.index.get(id);
    const from = job ? this.groupOf(job) : 'other';
    const others = [...this.current.cancels].filter(([other]) => other !== id);
    this.current = { ...this.current, cancels: new Map(cancel ? [...others, [id, cancel]] : others) };
    if (!job) return;
    // What isn't wanted is in no group.
    const to = this.shown.wanted(job) ? this.groupOf(job) : from;
    const edit = new GroupsEdit(this.current.groups);
    if (from !== to && edit.remove(from, id)) edit.insert(to, job, this.below(createdBefore));
    this.commit({ groups: edit.groups(), pinned: from === to || this.pins.has(id) ? [job] : [] });
  }

  dispose(): void {
    this.changes.dispose();
  }

  /** The object that is known while nothing in it changed, so that identity tells what did. */
  private known(job: Job): Job {
    const before = this.index.get(job.id);
    if (before && sameJob(before, job)) return before;
    if (before && !(activeStates as readonly JobState[]).includes(this.groupOf(before))) {
      const edit = new GroupsEdit(this.current.groups);
      edit.remove(this.groupOf(before), job.id);
      this.commit({ groups: edit.groups() });
    }
    return job;
  }

  /** Lets go of a job unless it is pinned; answers whether it did. */
  private forget(id: string): boolean {
    return !this.pins.has(id) && this.index.delete(id);
  }

  private below(usual: Below): Below {
    return this.shown.below() ?? usual;
  }

  private setRows(
    group: JobState,
    jobs: readonly Job[],
    rest: Pick<Group, 'next' | 'lookedBackTo' | 'cut' | 'read' | 'total'>,
  ): void {
    const rows = new Map<string, Job>();
    // A job whose state isn't the one that was asked for has its place in another group.
    const strays: Job[] = [];
    for (const job of jobs) {
      if (this.groupOf(job) !== group) strays.push(job);
      else if (!rows.has(job.id)) rows.set(job.id, job);
    }
    const edit = new GroupsEdit(this.current.groups);
    for (const job of this.current.groups[group].jobs) if (!rows.has(job.id)) this.forget(job.id);
    for (const [id, job] of rows) {
      const before = this.index.get(id);
      if (before && this.groupOf(before) !== group) edit.remove(this.groupOf(before), id);
      if (before && sameJob(before, job)) rows.set(id, before);
      else this.index.set(id, job);
    }
    const kept = [...rows.values()];
    const after = { ...this.current.groups[group], ...rest, jobs: kept, opened: true };
    const complete = hasMore(after) ? {} : { total: kept.length };
    this.batch(() => {
      this.commit({ groups: { ...edit.groups(), [group]: { ...after, ...complete } } });
      this.upsert(strays);
    });
  }

  /** Puts the new parts in place and, outside of a batch, tells what differs. */
  private commit(parts: {
    readonly status?: Status;
    readonly groups?: Partial<Record<JobState, Group>>;
    /** Jobs of which something changed, and which may be in no group. */
    readonly pinned?: readonly Job[];
  }): void {
    const { status, groups, pinned = [] } = parts;
    this.batch(() => {
      this.current = {
        ...this.current,
        status: status ?? this.current.status,
        groups: { ...this.current.groups, ...groups },
      };
      this.changedPins.push(...pinned);
    });
  }
}
