import type { Failure } from './failure';
import { hasMore, type Group } from './group';
import { jobStates, type Job, type JobState } from './job';
import { diffRows } from './rows';

/** How true the groups are. `since` is of the last good answer, or of the status; ms since the epoch. */
export type Status =
  | { readonly kind: 'loading' | 'ready' | 'off'; readonly since: number }
  | {
      readonly kind: 'stale' | 'signInNeeded';
      readonly since: number;
      readonly failure: Failure;
      /** ms since the epoch; undefined when nothing is sent by itself. */
      readonly nextTry?: number;
    };

export interface JobsState {
  readonly status: Status;
  readonly groups: Readonly<Record<JobState, Group>>;
  /** Jobs whose cancel the server accepted, whether they have ended or not. */
  readonly canceling: ReadonlySet<string>;
  /** Server time minus this machine's, ms. */
  readonly clockOffset: number;
}

/** What differs from the state before. */
export interface Change {
  readonly status: boolean;
  /** Groups whose rows came, went or moved, or whose count changed. */
  readonly groups: ReadonlySet<JobState>;
  /** Jobs that changed in place, in groups that aren't in `groups`; and pinned ones that changed in any way. */
  readonly jobs: readonly Job[];
}

/** What differs between two states, and the groups of the later one: rows that came out the same are the same. */
export function differences(
  before: JobsState,
  after: JobsState,
  pinned: readonly Job[],
): { readonly change: Change; readonly groups: JobsState['groups'] } {
  const touched = new Set<JobState>();
  const jobs = [...pinned];
  const groups = { ...after.groups };
  for (const state of jobStates) {
    const [old, group] = [before.groups[state], groups[state]];
    if (old === group) continue;
    const { same, moved, updated } = diffRows(old.jobs, group.jobs);
    const counts =
      old.total !== group.total || old.opened !== group.opened || hasMore(old) !== hasMore(group);
    if (same) groups[state] = { ...group, jobs: old.jobs };
    if (moved || counts) touched.add(state);
    else jobs.push(...updated);
  }
  return { change: { status: !tellsTheSame(after.status, before.status), groups: touched, jobs }, groups };
}

/** Whether a person would read the same: the moment of the last good answer shows only once it is old. */
function tellsTheSame(a: Status, b: Status): boolean {
  if ('failure' in a && 'failure' in b)
    return a.kind === b.kind && a.failure === b.failure && a.nextTry === b.nextTry;
  return a.kind === b.kind;
}
