import { t } from '@vscode/l10n';
import type { Filter, Period } from './filter';
import { oneLine, resultLabel, stateLabel } from './format';

/** What a filter lets through, part by part, in words. `who` is the name of the person in it. */
export function filterText(filter: Filter, language: string, who = filter.user): string[] {
  const { name, states, results, types, visible, started, ended } = filter;
  const parts = [
    name === undefined ? undefined : nameText(oneLine(name, 60), filter.nameMatchMode),
    states?.map((state) => stateLabel(state)).join(', '),
    results?.map((result) => resultLabel(result)).join(', '),
    types?.map((type) => oneLine(type, 60)).join(', '),
    who === undefined ? undefined : t('created by {0}', oneLine(who, 60)),
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
