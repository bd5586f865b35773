import type { Job } from './job';
import type { JobsState } from './state';

/** Jobs that failed since a person last looked, of those that are known; the last to end first. */
export function failuresSince({ groups }: JobsState, looked: number): readonly Job[] {
  return groups.failed.jobs.filter(({ endedOn }) => endedOn !== undefined && endedOn.getTime() > looked);
}
