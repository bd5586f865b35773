import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { remarkText, usualText } from '../jobs/baselineText';
import { formatDuration, formatProgress, generationLabel, jobTitle, oneLine } from '../jobs/format';
import { duration, type Job } from '../jobs/job';
import { connectionDescription } from './connectionText';
import { spokenState } from './jobItem';

const { t } = vscode.l10n;
const longestTitle = 200;
const longestMessage = 500;

/** Everything that is known of a job, as text that can't become markup. */
export function jobTooltip(
  session: Session,
  job: Job,
  names: Readonly<Record<string, string>>,
): vscode.MarkdownString {
  const now = session.now();
  const who = (id: string | undefined) => id && (names[id] ?? id);
  const lines: [string, string | undefined][] = [
    [t('State'), spokenState(session, job)],
    [t('Cancel'), session.state.cancels.get(job.id)?.sentence],
    [t('Progress'), job.progress === undefined ? undefined : formatProgress(job.progress)],
    [t('Type'), job.type],
    [t('Created'), instant(job.createdOn)],
    [t('Created by'), who(job.createdBy)],
    [t('Started'), instant(job.startedOn)],
    [t('Ended'), instant(job.endedOn)],
    [t('Duration'), durationText(job, now)],
    [t('Pace'), paceText(session, job, now)],
    [t('Last modified'), instant(job.lastModifiedOn)],
    [t('Last modified by'), who(job.lastModifiedBy)],
    [t('User'), who(job.user)],
    [t('Cancelable'), yesNo(job.cancelable)],
    [t('Visibility'), job.visibility?.toString()],
    [t('System'), yesNo(job.system)],
    [t('Self-managed'), yesNo(job.selfManaged)],
    [t('ID'), job.id],
    [t('Instance'), session.markedName],
    [t('Message'), job.message === undefined ? undefined : oneLine(job.message, longestMessage)],
  ];
  const tooltip = new vscode.MarkdownString('**');
  tooltip.appendText(oneLine(jobTitle(job), longestTitle)).appendMarkdown('**\n\n');
  for (const [label, value] of lines) {
    if (value === undefined || value === '') continue;
    tooltip.appendText(t('{0}: {1}', label, oneLine(value, longestMessage))).appendMarkdown('  \n');
  }
  return tooltip;
}

/** All that is known of a connection, as text that can't become markup. */
export function connectionTooltip(session: Session, me: string | undefined): vscode.MarkdownString {
  const { profile, capabilities, state } = session;
  const lines = [
    session.markedName,
    profile.url,
    connectionDescription(session),
    'failure' in state.status ? state.status.failure.message : undefined,
    me === undefined ? profile.username : t('Signed in as {0}', me),
    capabilities && t('Speaks {0}', generationLabel(capabilities.generation)),
    profile.cancel === 'off' ? t('Canceling is switched off') : undefined,
    profile.cancel === 'confirmByName' ? t('Canceling asks for its name') : undefined,
  ];
  const tooltip = new vscode.MarkdownString();
  for (const line of lines) if (line) tooltip.appendText(line).appendMarkdown('  \n');
  return tooltip;
}

/** How the job compares with earlier ones, where that is known. */
function paceText({ pace }: Session, job: Job, now: number): string | undefined {
  const known = pace?.of(job, now);
  const usual = job.startedOn ? known?.running : known?.waiting;
  return known && usual && [remarkText(known), usualText(usual)].filter(Boolean).join(', ');
}

function durationText(job: Job, now: number): string | undefined {
  const ms = duration(job, now);
  return ms === undefined ? undefined : formatDuration(ms);
}

function instant(date: Date | undefined): string | undefined {
  return date?.toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'medium' });
}

function yesNo(value: boolean | undefined): string | undefined {
  if (value === undefined) return undefined;
  return value ? t('Yes') : t('No');
}
