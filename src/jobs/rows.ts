import type { Job } from './job';

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

/** Every field of a job: a list, because comparing thousands of rows is what most refreshes do. */
const fields = Object.keys({
  id: true,
  name: true,
  type: true,
  state: true,
  rawState: true,
  result: true,
  message: true,
  progress: true,
  createdOn: true,
  createdBy: true,
  lastModifiedOn: true,
  lastModifiedBy: true,
  startedOn: true,
  endedOn: true,
  user: true,
  cancelable: true,
  visibility: true,
  system: true,
  selfManaged: true,
} satisfies Record<keyof Job, true>) as readonly (keyof Job)[];

/** Whether two jobs tell the same in every field. Instants are compared by their time. */
export function sameJob(a: Job, b: Job): boolean {
  return a === b || fields.every((field) => same(a[field], b[field]));
}

function same(a: Job[keyof Job], b: Job[keyof Job]): boolean {
  return a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime());
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
  const moved = before.length !== after.length || before.some((job, at) => job.id !== after[at]?.id);
  if (moved) return { same: false, moved, updated: [] };
  const updated = after.filter((job, at) => job !== before[at]);
  return { same: updated.length === 0, moved, updated };
}
