import type { Job } from './job';

/** Whether `a` stands below `b`. */
export type Below = (a: Job, b: Job) => boolean;

/** Whether `a` was created before `b`, so that it stands below it. */
export function createdBefore(a: Job, b: Job): boolean {
  return (a.createdOn?.getTime() ?? 0) < (b.createdOn?.getTime() ?? 0);
}

/**
 * Whether `a` ended before `b`, so that it stands below it. One without an end stands on top, where databases put
 * it in this order; of two that ended together the one created later does.
 */
export function endedBefore(a: Job, b: Job): boolean {
  const [first, second] = [a.endedOn?.getTime() ?? Infinity, b.endedOn?.getTime() ?? Infinity];
  return first < second || (first === second && createdBefore(a, b));
}

/**
 * Whether two jobs tell the same in every field. Written out, because comparing thousands of jobs that didn't change
 * is most of what a refresh costs here: a loop over names of fields takes several times as long.
 */
export function sameJob(a: Job, b: Job): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.state === b.state &&
      a.progress === b.progress &&
      a.message === b.message &&
      a.result === b.result &&
      sameInstant(a.lastModifiedOn, b.lastModifiedOn) &&
      sameInstant(a.startedOn, b.startedOn) &&
      sameInstant(a.endedOn, b.endedOn) &&
      sameInstant(a.createdOn, b.createdOn) &&
      a.rawState === b.rawState &&
      a.name === b.name &&
      a.type === b.type &&
      a.createdBy === b.createdBy &&
      a.lastModifiedBy === b.lastModifiedBy &&
      a.user === b.user &&
      a.cancelable === b.cancelable &&
      a.visibility === b.visibility &&
      a.system === b.system &&
      a.selfManaged === b.selfManaged)
  );
}

function sameInstant(a: Date | undefined, b: Date | undefined): boolean {
  return a === b || (a !== undefined && a.getTime() === b?.getTime());
}

/**
 * The listed jobs by group, each as the known object where that tells the same, when the list has the very jobs of the
 * groups in their order; undefined otherwise. Most lists do: then no job has to be looked up by its id.
 */
export function inStep<G extends string>(
  listed: readonly Job[],
  known: Readonly<Record<G, readonly Job[]>>,
  groupOf: (job: Job) => string,
): Record<G, Job[]> | undefined {
  const groups = Object.keys(known) as G[];
  const rows = Object.fromEntries(groups.map((group) => [group, []])) as unknown as Record<string, Job[]>;
  for (const job of listed) {
    const group = groupOf(job);
    const kept = rows[group];
    const row = kept && known[group as G][kept.length];
    if (row?.id !== job.id) return undefined;
    kept?.push(sameJob(row, job) ? row : job);
  }
  return groups.every((group) => known[group].length === rows[group]?.length) ? rows : undefined;
}

export interface RowsDiff {
  /** Nothing differs, not even a field of a job. */
  readonly same: boolean;
  /** Rows came, went or changed places. */
  readonly moved: boolean;
  /** Jobs that are in the same place and differ in a field. */
  readonly updated: readonly Job[];
}

/** Compares rows by id and identity: jobs that tell the same are the same object. */
export function diffRows(before: readonly Job[], after: readonly Job[]): RowsDiff {
  const moved =
    before.length !== after.length || before.some((job, at) => job !== after[at] && job.id !== after[at]?.id);
  if (moved) return { same: false, moved, updated: [] };
  const updated = after.filter((job, at) => job !== before[at]);
  return { same: updated.length === 0, moved, updated };
}
