import * as l10n from '@vscode/l10n';
import type { Job, JobState } from './job';
import { formatAgo, formatNumber, formatPercent } from './language';
import type { Generation } from './query';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/** The word for a state, also the name of its group in the tree. */
export function stateLabel(state: JobState): string {
  switch (state) {
    case 'running':
      return l10n.t('Running');
    case 'waiting':
      return l10n.t('Waiting');
    case 'canceling':
      return l10n.t('Canceling');
    case 'failed':
      return l10n.t('Failed');
    case 'canceled':
      return l10n.t('Canceled');
    case 'completed':
      return l10n.t('Completed');
    case 'other':
      return l10n.t('Other');
  }
}

/** The word for a job's state. A state that nobody knows goes by the server's own word. */
export function stateLabelOf(job: Pick<Job, 'state' | 'rawState'>): string {
  return (job.state === 'other' && oneLine(job.rawState ?? '', 60)) || stateLabel(job.state);
}

/** The words for a result. One that nobody knows goes by the server's own word. */
export function resultLabel(result: string): string {
  switch (result) {
    case 'NOT_SET':
      return l10n.t('Not set');
    case 'SUCCESS':
      return l10n.t('Success');
    case 'COMPLETED_WITH_ERROR':
      return l10n.t('Completed with errors');
    case 'FAILURE':
      return l10n.t('Failure');
    case 'ABORTED':
      return l10n.t('Aborted');
    default:
      return oneLine(result, 60);
  }
}

/** What an API is called; a proper name. */
export function generationLabel(generation: Generation): string {
  return generation === 'jobs-v1' ? 'Job API v1' : 'Core REST 2.0';
}

/** A length of time in its two largest units, rounded down so that it ticks like a clock. */
export function formatDuration(ms: number): string {
  if (ms < second) return l10n.t('less than 1 s');
  if (ms < minute) return l10n.t('{0} s', whole(ms, second));
  if (ms < hour) return pair(l10n.t('{0} min', whole(ms, minute)), whole(ms % minute, second), seconds);
  if (ms < day) return pair(l10n.t('{0} h', whole(ms, hour)), whole(ms % hour, minute), minutes);
  return pair(l10n.t('{0} d', formatNumber(whole(ms, day))), whole(ms % day, hour), hours);
}

/** How long ago `from` is. A time that lies ahead, because clocks differ, is "just now". */
export function formatAge(from: Date, now: number): string {
  const ms = now - from.getTime();
  if (ms < minute) return l10n.t('just now');
  if (ms < hour) return formatAgo(whole(ms, minute), 'minute');
  if (ms < day) return formatAgo(whole(ms, hour), 'hour');
  if (ms < year) return formatAgo(whole(ms, day), 'day');
  return formatAgo(whole(ms, year), 'year');
}

/** A percentage without decimals, between 0% and 100%. */
export function formatProgress(progress: number): string {
  return formatPercent(wholePercent(progress));
}

/** The percentage to show: rounded, but 100 only when all is done. */
export function wholePercent(progress: number): number {
  if (progress >= 100) return 100;
  return Math.min(99, Math.max(0, Math.round(progress)));
}

/** What to call a job: its name, else its type, else the start of its id. On one line, not shortened. */
export function jobTitle(job: Pick<Job, 'id' | 'name' | 'type'>): string {
  return oneLine(job.name ?? '') || oneLine(job.type ?? '') || l10n.t('Job {0}', oneLine(job.id).slice(0, 8));
}

/**
 * Text of the server on one line. Control characters, line breaks and the characters that override the
 * direction of writing become spaces, so that a name can't disturb the row that it stands in.
 */
export function oneLine(text: string, max = Infinity): string {
  const line = text.replace(unruly, ' ').trim();
  // By code points, so that no character is cut in half; counted only where the length is in question.
  if (line.length <= max) return line;
  const points = Array.from(line);
  if (points.length <= max) return line;
  return `${points
    .slice(0, Math.max(0, max - 1))
    .join('')
    .trimEnd()}…`;
}

/** White space, controls, line and paragraph separators, embeddings, overrides and isolates. */
const unruly = /[\s\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;

const whole = (ms: number, unit: number) => Math.floor(ms / unit);
const seconds = (n: number) => l10n.t('{0} s', n);
const minutes = (n: number) => l10n.t('{0} min', n);
const hours = (n: number) => l10n.t('{0} h', n);

/** "4 min 12 s", or "4 min" when nothing is left over. */
function pair(large: string, rest: number, small: (n: number) => string): string {
  return rest === 0 ? large : `${large} ${small(rest)}`;
}
