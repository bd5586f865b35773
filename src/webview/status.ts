import * as l10n from '@vscode/l10n';
import type { DetailsState } from '../details/protocol';
import { resultLabel, stateLabelOf } from '../jobs/format';
import { isActive, isCompletedWithProblem, type Job } from '../jobs/job';
import type { IconName } from './icons';

/** How a job's state looks; each tone has its colour in the style sheet. */
export type Tone = 'active' | 'quiet' | 'good' | 'warning' | 'bad';

export interface Status {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly text: string;
  /** The result, where it says more than the state does. */
  readonly result?: string | undefined;
}

/** What says how a job is. */
export type Outcome = Pick<Job, 'state' | 'result' | 'rawState' | 'endedOn'>;

/** Whether the job goes on, as far as anybody knows: of one that is gone nobody does. */
export function isLive({ job, gone }: DetailsState): boolean {
  return isActive(job) && !gone;
}

export function statusOf(job: Outcome): Status {
  if (job.state === 'completed' && job.result === 'COMPLETED_WITH_ERROR') {
    return { ...look(job), text: resultLabel(job.result) };
  }
  return { ...look(job), text: stateLabelOf(job), result: tellingResult(job) };
}

function look(job: Outcome): Pick<Status, 'tone' | 'icon'> {
  switch (job.state) {
    case 'running':
      return { tone: 'active', icon: 'sync' };
    case 'waiting':
      return { tone: 'quiet', icon: 'watch' };
    case 'canceling':
      return { tone: 'warning', icon: 'sync' };
    case 'failed':
      return { tone: 'bad', icon: 'error' };
    case 'canceled':
      return { tone: 'quiet', icon: 'circle-slash' };
    case 'completed':
      if (isCompletedWithProblem(job)) return { tone: 'warning', icon: 'warning' };
      return { tone: job.result === 'SUCCESS' ? 'good' : 'quiet', icon: 'pass' };
    case 'other':
      return { tone: isActive(job) ? 'active' : 'quiet', icon: 'question' };
  }
}

/** "Failed · Failure" says nothing twice, and a result that isn't set says nothing at all. */
function tellingResult({ state, result }: Outcome): string | undefined {
  if (result === undefined || result === 'NOT_SET') return undefined;
  if (state === 'failed' && result === 'FAILURE') return undefined;
  if (state === 'canceled' && result === 'ABORTED') return undefined;
  return resultLabel(result) || undefined;
}

/** The status in words. */
export function statusText(job: Outcome): string {
  const { text, result } = statusOf(job);
  return result ? l10n.t('{0}, {1}', text, result) : text;
}

/** What the page says of a job that the server doesn't have any more. */
export function goneText(): string {
  return l10n.t('This job is no longer on the server. This is what was known of it.');
}

/** What a screen reader is told when the page changed. Progress and passing time are not news. */
export function news(before: DetailsState, after: DetailsState): string[] {
  const told: string[] = [];
  const [was, is] = [statusText(before.job), statusText(after.job)];
  if (was !== is) told.push(l10n.t('State: {0}. It was {1}.', is, was));
  if (after.gone && !before.gone) told.push(goneText());
  if (after.cancelStatus && after.cancelStatus !== before.cancelStatus) told.push(after.cancelStatus);
  // The sentence may change with every try; that there is a problem, or none any more, is the news.
  if (after.problem && !before.problem) told.push(after.problem);
  if (before.problem && !after.problem) told.push(l10n.t('Up to date again.'));
  return told;
}
