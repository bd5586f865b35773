import { isActive, jobStates, type Job, type JobState } from './job';
import type { PageToken } from './query';
import type { Below } from './rows';

/** The jobs of one state that are known, in the order in which they are shown. */
export interface Group {
  /** Active groups: newest first. Finished groups: the last to end first, without a gap once `opened`. */
  readonly jobs: readonly Job[];
  /** Number of jobs on the server; undefined where it isn't known. */
  readonly total?: number;
  /** Whether the first page of a finished group was read. Active groups are always open. */
  readonly opened: boolean;
  /** Where the next page of an opened finished group starts. */
  readonly next?: PageToken;
  /** The end of how far was looked for rows, where a time bounds them and there is a next page. */
  readonly lookedBackTo?: Date;
  /** Rows at the end were let go: the next page is found by reading the group again. */
  readonly cut?: boolean;
  /** Rows that were read of an opened finished group, page by page. */
  readonly read?: number;
  /** Since when nobody looks at the rows of an opened finished group, ms since the epoch. */
  readonly closedAt?: number;
}

/** Rows that a finished group keeps while nobody has opened it, or above those that were read. */
export const spareRows = 50;

/** A finished group whose pages were let go. */
export const unread = {
  opened: false,
  next: undefined,
  lookedBackTo: undefined,
  cut: false,
  closedAt: undefined,
} as const;

/** Nothing is known of any group. */
export function emptyGroups(): Record<JobState, Group> {
  const empty: Group = { jobs: [], opened: false };
  return Object.fromEntries(jobStates.map((state) => [state, empty])) as Record<JobState, Group>;
}

/** Whether the server has rows below those that are known. */
export function hasMore({ next, cut }: Group): boolean {
  return next !== undefined || cut === true;
}

/** Changes of several groups that become one commit; rows are copied when first touched. */
export class GroupsEdit {
  private readonly touched = new Map<JobState, { group: Group; rows: Job[] }>();

  constructor(private readonly base: Readonly<Record<JobState, Group>>) {}

  rows(state: JobState): Job[] {
    return this.touch(state).rows;
  }

  group(state: JobState): Group {
    return this.touch(state).group;
  }

  change(state: JobState, parts: Partial<Group>): void {
    const entry = this.touch(state);
    entry.group = { ...entry.group, ...parts };
  }

  replace(state: JobState, job: Job): void {
    const rows = this.rows(state);
    const at = rows.findIndex((row) => row.id === job.id);
    if (at >= 0) rows[at] = job;
  }

  /** False when it wasn't there. */
  remove(state: JobState, id: string): boolean {
    const rows = this.rows(state);
    const at = rows.findIndex((row) => row.id === id);
    if (at < 0) return false;
    rows.splice(at, 1);
    this.count(state, -1);
    return true;
  }

  /** Answers where the job went. */
  insert(state: JobState, job: Job, before: Below): number {
    const at = insert(this.rows(state), job, before);
    if (isActive(job)) this.count(state, 1);
    return at;
  }

  /** Gives a finished job its place. Answers what was let go for it: the job itself where "load more" will find it. */
  insertFinished(state: JobState, job: Job, below: Below): Job[] {
    const { opened, read = 0 } = this.group(state);
    const rows = this.rows(state);
    const at = insert(rows, job, below);
    if (at === rows.length - 1 && opened && hasMore(this.group(state))) return rows.splice(at);
    const kept = opened ? Math.max(read, spareRows) : spareRows;
    if (rows.length <= kept + (opened ? spareRows : 0)) return [];
    if (opened) this.change(state, { cut: true });
    return rows.splice(kept);
  }

  /** Takes out the rows that aren't wanted, and the pages of a finished group that was closed before. Answers them. */
  letGo(state: JobState, before: number, wanted: (job: Job) => boolean): Job[] {
    const { jobs, opened, closedAt = Infinity } = this.base[state];
    const gone = jobs.filter((job) => !wanted(job));
    for (const { id } of gone) this.remove(state, id);
    if (!opened || closedAt > before) return gone;
    this.change(state, unread);
    return [...gone, ...this.rows(state).splice(spareRows)];
  }

  count(state: JobState, by: number): void {
    const { total } = this.group(state);
    if (total !== undefined) this.change(state, { total: Math.max(0, total + by) });
  }

  groups(): Partial<Record<JobState, Group>> {
    return Object.fromEntries(
      [...this.touched].map(([state, { group, rows }]) => [state, { ...group, jobs: rows }]),
    );
  }

  private touch(state: JobState) {
    let entry = this.touched.get(state);
    if (!entry) {
      const group = this.base[state];
      entry = { group, rows: [...group.jobs] };
      this.touched.set(state, entry);
    }
    return entry;
  }
}

/** Puts the job ahead of the first row that comes after it; answers where. */
export function insert(rows: Job[], job: Job, before: Below): number {
  const at = rows.findIndex((row) => before(row, job));
  if (at < 0) return rows.push(job) - 1;
  rows.splice(at, 0, job);
  return at;
}
