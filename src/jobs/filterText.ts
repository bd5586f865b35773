import { t } from '@vscode/l10n';
import type { Filter, Period } from './filter';
import { oneLine, resultLabel, stateLabel } from './format';
import type { JobSort, SortField } from './query';

/** What a filter lets through, part by part, in words. */
export function filterText(filter: Filter, language: string): string[] {
  const { name, user, userName = user, states, results, types, visible, started, ended } = filter;
  const parts = [
    name === undefined ? undefined : nameText(oneLine(name, 60), filter.nameMatchMode),
    states?.map((state) => stateLabel(state)).join(', '),
    results?.map((result) => resultLabel(result)).join(', '),
    types?.map((type) => oneLine(type, 60)).join(', '),
    userName === undefined ? undefined : t('of {0}', oneLine(userName, 60)),
    visible === undefined ? undefined : visible ? t('visible') : t('not visible'),
    started && t('started {0}', periodText(started, language)),
    ended && t('ended {0}', periodText(ended, language)),
  ];
  return parts.filter((part) => part !== undefined);
}

function nameText(name: string, mode: Filter['nameMatchMode']): string {
  switch (mode) {
    case 'START':
      return t('name starts with "{0}"', name);
    case 'END':
      return t('name ends with "{0}"', name);
    case 'EXACT':
      return t('name is "{0}"', name);
    default:
      return t('name contains "{0}"', name);
  }
}

export function periodText(period: Period, language: string): string {
  if ('within' in period)
    return {
      hour: t('in the last hour'),
      today: t('today'),
      day: t('in the last 24 hours'),
      week: t('in the last 7 days'),
    }[period.within];
  const { from, to } = period;
  const time = (instant: number) =>
    new Date(instant).toLocaleString(language, { dateStyle: 'medium', timeStyle: 'short' });
  if (from === undefined) return t('until {0}', time(to ?? 0));
  return to === undefined ? t('since {0}', time(from)) : t('from {0} to {1}', time(from), time(to));
}

/** What is sorted by, and which end comes first: "Name, A to Z". */
export function sortText({ field, order }: JobSort): string {
  const up = order === 'asc';
  const isTime = field === 'createdOn' || field === 'startedOn' || field === 'endedOn';
  if (isTime) return up ? t('{0}, oldest first', fieldText(field)) : t('{0}, newest first', fieldText(field));
  return up ? t('{0}, A to Z', fieldText(field)) : t('{0}, Z to A', fieldText(field));
}

function fieldText(field: SortField): string {
  return {
    name: t('Name'),
    type: t('Type'),
    createdOn: t('Created'),
    createdBy: t('Created by'),
    startedOn: t('Started'),
    endedOn: t('Ended'),
    state: t('State'),
    result: t('Result'),
  }[field];
}
