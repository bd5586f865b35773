import * as l10n from '@vscode/l10n';
import type { DetailsState } from '../details/protocol';
import { formatAge, formatDuration, oneLine, resultLabel } from '../jobs/format';
import { duration, type Job } from '../jobs/job';
import { isLive } from './status';

/** One line of the page: a label and what is known. */
export interface Fact {
  readonly id: string;
  readonly label: string;
  /** Undefined: the line is left out. */
  readonly text?: string | undefined;
  /** The text says that nothing is known. */
  readonly muted?: boolean;
  /** The text is an identifier. */
  readonly code?: boolean;
  /** What comes after the text, quieter. */
  readonly secondary?: string | undefined;
  readonly secondaryCode?: boolean;
  /** The text is this instant. */
  readonly instant?: Date | undefined;
}

export interface FactGroup {
  readonly id: 'time' | 'people' | 'job';
  readonly label: string;
  readonly facts: readonly Fact[];
}

/** Everything that is said in lines. Groups and facts are always the same ones, in the same order. */
export function factGroups(
  state: DetailsState,
  now: number,
  formatInstant: (instant: Date) => string,
): FactGroup[] {
  const { job, users } = state;
  const live = isLive(state);
  return [
    { id: 'time', label: l10n.t('Time'), facts: timeFacts(job, live, now, formatInstant) },
    { id: 'people', label: l10n.t('People'), facts: peopleFacts(job, users) },
    { id: 'job', label: l10n.t('Job'), facts: jobFacts(state, live) },
  ];
}

function timeFacts(job: Job, live: boolean, now: number, formatInstant: (instant: Date) => string): Fact[] {
  const instant = (id: string, label: string, value: Date | undefined, otherwise?: string): Fact => {
    if (!value) return { id, label, text: otherwise, muted: true };
    return { id, label, text: formatInstant(value), instant: value, secondary: formatAge(value, now) };
  };
  const notKnown = l10n.t('Not known');
  return [
    { id: 'duration', ...span(job, live, now) },
    instant('created', l10n.t('Created'), job.createdOn, notKnown),
    instant(
      'started',
      l10n.t('Started'),
      job.startedOn,
      live && job.state === 'waiting' ? l10n.t('Not started yet') : notKnown,
    ),
    instant('ended', l10n.t('Ended'), job.endedOn, live ? l10n.t('Not finished yet') : notKnown),
    instant('modified', l10n.t('Last modified'), job.lastModifiedOn),
  ];
}

/** How long it took, has been running, or has been waiting. */
function span(job: Job, live: boolean, now: number): { label: string; text?: string } {
  const ran = live || job.endedOn ? duration(job, now) : undefined;
  if (ran !== undefined) {
    return { label: live ? l10n.t('Running for') : l10n.t('Duration'), text: formatDuration(ran) };
  }
  const label = l10n.t('Waiting for');
  if (!live || job.state !== 'waiting' || !job.createdOn) return { label };
  return { label, text: formatDuration(Math.max(0, now - job.createdOn.getTime())) };
}

function peopleFacts(job: Job, users: Readonly<Record<string, string>>): Fact[] {
  const person = (id: string, label: string, uuid: string | undefined, otherwise?: string): Fact => {
    if (!uuid) return { id, label, text: otherwise, muted: true };
    const name = Object.hasOwn(users, uuid) ? oneLine(users[uuid] ?? '') : '';
    if (!name) return { id, label, text: oneLine(uuid), code: true };
    return { id, label, text: name, secondary: oneLine(uuid), secondaryCode: true };
  };
  return [
    person('user', l10n.t('User'), job.user, l10n.t('Not known')),
    person('createdBy', l10n.t('Created by'), job.createdBy),
    person('modifiedBy', l10n.t('Last modified by'), job.lastModifiedBy),
  ];
}

function jobFacts({ job, cancelOff }: DetailsState, live: boolean): Fact[] {
  const type = oneLine(job.type ?? '');
  const raw = oneLine(job.rawState ?? '');
  const rawDiffers = raw.toLowerCase() !== job.state && job.state !== 'other';
  const flag = (id: string, label: string, value: boolean | undefined): Fact => ({
    id,
    label,
    text: value === undefined ? undefined : value ? l10n.t('Yes') : l10n.t('No'),
  });
  return [
    type
      ? { id: 'type', label: l10n.t('Type'), text: type, code: true }
      : { id: 'type', label: l10n.t('Type'), text: l10n.t('Not known'), muted: true },
    resultFact(job, live),
    {
      id: 'rawState',
      label: l10n.t('State on the server'),
      text: (rawDiffers && raw) || undefined,
      code: true,
    },
    { id: 'id', label: l10n.t('ID'), text: oneLine(job.id), code: true },
    live && cancelOff
      ? {
          id: 'cancelable',
          label: l10n.t('Can be canceled'),
          text: l10n.t('No, switched off for this connection'),
        }
      : flag('cancelable', l10n.t('Can be canceled'), job.cancelable),
    { id: 'visibility', label: l10n.t('Visibility'), text: job.visibility?.toString() },
    flag('system', l10n.t('System job'), job.system),
    flag('selfManaged', l10n.t('Self-managed'), job.selfManaged),
  ];
}

function resultFact(job: Job, live: boolean): Fact {
  const fact = { id: 'result', label: l10n.t('Result') };
  const result = oneLine(job.result ?? '');
  if (live && (!result || result === 'NOT_SET')) {
    return { ...fact, text: l10n.t('None yet'), muted: true };
  }
  if (!result) return { ...fact, text: l10n.t('Not known'), muted: true };
  const label = resultLabel(result);
  const sameWord = label.toLowerCase() === result.toLowerCase().replaceAll('_', ' ');
  return { ...fact, text: label, secondary: sameWord ? undefined : result, secondaryCode: true };
}
