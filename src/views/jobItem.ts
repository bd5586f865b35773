import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { remarkText } from '../jobs/baselineText';
import {
  formatAge,
  formatDuration,
  formatProgress,
  jobTitle,
  oneLine,
  resultLabel,
  stateLabel,
  stateLabelOf,
} from '../jobs/format';
import { isActive, isCompletedWithProblem, type Job } from '../jobs/job';
import type { JobNode } from './nodes';

const { t } = vscode.l10n;
const minute = 60_000;
const longestTitle = 200;
/** Between what is seen; what is spoken has commas. */
const separator = ' · ';

/** The row of a job. The tooltip is made when it is asked for. */
export function jobItem(node: JobNode): vscode.TreeItem {
  const { id, session, job } = node;
  const title = oneLine(jobTitle(job), longestTitle);
  const item = new vscode.TreeItem(title);
  item.id = id;
  const parts = remarks(session, job);
  item.description = [...(job.state === 'other' ? [stateLabelOf(job)] : []), ...parts].join(separator);
  item.iconPath = jobIcon(session, job);
  const able = [session.refusal(job) === undefined && 'cancelable', session.watches(job.id) && 'watched'];
  item.contextValue = ['job', isActive(job) && 'active', ...able].filter(Boolean).join(';');
  item.accessibilityInformation = { label: [title, spokenState(session, job), ...parts].join(', ') };
  item.command = { command: 'collibraJobs.openDetails', title: t('Open Details'), arguments: [node] };
  return item;
}

/** Cancel, progress and age, in the few words that fit beside the name. */
export function jobDescription(session: Session, job: Job): string {
  return remarks(session, job).join(separator);
}

function remarks(session: Session, job: Job): string[] {
  const now = session.now();
  const parts: string[] = session.watches(job.id) ? [t('watched')] : [];
  const cancel = session.state.cancels.get(job.id);
  if (cancel) parts.push(cancel.words);
  if (isActive(job)) {
    // First, because a narrow side bar cuts the rest.
    const remark = paceOf(session, job);
    if (remark !== undefined) parts.push(remark);
    if (job.progress !== undefined && job.startedOn) parts.push(formatProgress(job.progress));
    const since = job.startedOn ?? job.createdOn;
    if (since) parts.push(formatDuration(coarse(now - since.getTime())));
  } else {
    if (isCompletedWithProblem(job) && job.result !== undefined) parts.push(resultLabel(job.result));
    const ended = job.endedOn ?? job.lastModifiedOn ?? job.createdOn;
    if (ended) parts.push(formatAge(ended, now));
  }
  return parts;
}

/** How an active job differs from what is usual for its kind, where that is known. */
function paceOf(session: Session, job: Job): string | undefined {
  const pace = session.pace?.of(job, session.now());
  return pace && remarkText(pace);
}

/** The state with its result, for the tooltip and for screen readers. */
export function spokenState(session: Session, job: Job): string {
  const state = session.store.groupOf(job) === job.state ? stateLabelOf(job) : stateLabel('canceling');
  if (job.result === undefined || job.result === 'NOT_SET' || isActive(job)) return state;
  return t('{0} ({1})', state, resultLabel(job.result));
}

export function jobIcon(session: Session, job: Job): vscode.ThemeIcon {
  if (session.store.groupOf(job) === 'canceling') return icon('stop-circle', 'charts.yellow');
  const late = paceOf(session, job) !== undefined;
  switch (job.state) {
    case 'running':
      return icon('play-circle', late ? 'list.warningForeground' : 'charts.blue');
    case 'waiting':
      return icon('watch', late ? 'list.warningForeground' : 'descriptionForeground');
    case 'canceling':
      return icon('stop-circle', 'charts.yellow');
    case 'failed':
      return icon('error', 'list.errorForeground');
    case 'canceled':
      return icon('circle-slash', 'descriptionForeground');
    case 'completed':
      return isCompletedWithProblem(job)
        ? icon('warning', 'list.warningForeground')
        : icon('pass', 'testing.iconPassed');
    case 'other':
      return icon('question', 'descriptionForeground');
  }
}

function icon(name: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(name, new vscode.ThemeColor(color));
}

/** Whole minutes from the first one on, so that a row is repainted once a minute. */
function coarse(ms: number): number {
  return ms < minute ? Math.floor(ms / 5000) * 5000 : Math.floor(ms / minute) * minute;
}
