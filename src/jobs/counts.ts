import type { Job, JobState } from './job';
import { spareRows, type Group } from './group';
import { formatNumber } from './language';
import type { JobsState } from './state';

/** How many jobs a group has. Not exact: at least this many. */
export interface Count {
  readonly count: number;
  readonly exact: boolean;
}

export function countOf(group: Group): Count {
  if (group.total !== undefined) return { count: Math.max(group.total, group.jobs.length), exact: true };
  return { count: group.jobs.length, exact: false };
}

/** The count for a person: "1,234", or "50+" where more may exist; empty where nothing is known. */
export function formatCount({ count, exact }: Count): string {
  if (exact) return formatNumber(count);
  return count === 0 ? '' : `${formatNumber(count)}+`;
}

/** Groups that are shown even when they are empty, because people look for them. */
const permanent: readonly JobState[] = ['running', 'waiting', 'failed', 'canceled', 'completed'];

/** The groups to show, in the order of `jobStates`; empty ones only where jobs of that state are wanted. */
export function shownGroups(state: JobsState, wanted: readonly JobState[] = permanent): JobState[] {
  const order = Object.keys(state.groups) as JobState[];
  return order.filter((name) => wanted.includes(name) || state.groups[name].jobs.length > 0);
}

/** Whether no group has a job, as far as is known. */
export function isBare({ groups }: JobsState): boolean {
  return Object.values(groups).every(({ jobs, total }) => jobs.length === 0 && (total ?? 0) === 0);
}

/** Jobs that failed, the last to end first. `more`: there may be others that aren't known. */
export interface Failures {
  readonly jobs: readonly Job[];
  readonly more: boolean;
}

/** Jobs that failed since a person last looked, by the server's clock, ms since the epoch. */
export function failuresSince({ groups: { failed } }: JobsState, looked: number): Failures {
  const known = failed.jobs.filter(({ endedOn }) => endedOn !== undefined);
  const jobs = known.filter(({ endedOn }) => Number(endedOn) > looked);
  // Where an older one is known, all that came later are.
  const whole = failed.jobs.length < spareRows || jobs.length < known.length || jobs.length === failed.total;
  return { jobs, more: !whole };
}
