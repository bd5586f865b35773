import type { Failure } from './failure';
import { hasMore, type Group } from './group';
import { activeStates, isActive, jobStates, type Job, type JobState } from './job';
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

/** Where a cancel is in its life; instants are ms since the epoch. */
export type CancelStage =
  /** It is on its way. */
  | { readonly kind: 'asked' }
  /** `since` it was accepted; `stillRunning` from a minute later on. */
  | { readonly kind: 'accepted' | 'canceling' | 'stillRunning'; readonly since: number }
  /** Nobody knows whether it arrived; `open` while that is being looked up. */
  | { readonly kind: 'unanswered'; readonly open: boolean }
  | { readonly kind: 'canceled' | 'finishedFirst' }
  /** `reason` is a sentence. */
  | { readonly kind: 'refused'; readonly reason: string };

/** A stage with what a person reads of it: a few words for the row, a sentence for the page. */
export type Cancel = CancelStage & { readonly words: string; readonly sentence: string };

/** Whether a cancel has yet to come to its end, so that a second one isn't sent. */
export function isOpen(stage: CancelStage): boolean {
  return stage.kind === 'unanswered' ? stage.open : stage.kind === 'asked' || 'since' in stage;
}

/** The state that a job shows: a cancel that was accepted counts before the server says so. */
export function shownState(job: Job, cancels: ReadonlyMap<string, CancelStage>): JobState {
  const cancel = cancels.size > 0 ? cancels.get(job.id) : undefined;
  return cancel && 'since' in cancel && isActive(job) ? 'canceling' : job.state;
}

export interface JobsState {
  readonly status: Status;
  readonly groups: Readonly<Record<JobState, Group>>;
  /** Where the cancels that were asked for are in their lives, by job, whether the job has ended or not. */
  readonly cancels: ReadonlyMap<string, Cancel>;
  /** Server time minus this machine's, ms. */
  readonly clockOffset: number;
}

/** The jobs that go on, of those that are known and shown. */
export function activeJobs({ groups }: JobsState): readonly Job[] {
  return [...activeStates, 'other' as const].flatMap((name) => groups[name].jobs.filter(isActive));
}

/** Whether all jobs that go on are known, of those that are shown. */
export function isWhole({ groups }: JobsState): boolean {
  return activeStates.every((state) => groups[state].total !== undefined);
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
