import { t } from '@vscode/l10n';
import { formatNumber, plural, type Forms } from './language';

/** Names that a question lists, at most. */
const listed = 10;

/** What became of a job that was to be canceled with others; `unsent`: the person stopped before it. */
export type Outcome = 'canceled' | 'finished' | 'notCancelable' | 'forbidden' | 'failed' | 'unsent';

/** The names of jobs, a line each, and how many more there are. */
export function listNames(names: readonly string[]): string[] {
  const more = names.length - listed;
  return more > 0 ? [...names.slice(0, listed), t('and {0} more', formatNumber(more))] : [...names];
}

/** What became of several jobs, in one line: "12 canceled, 1 had finished, 2 not permitted". */
export function outcomeLine(outcomes: readonly Outcome[]): string {
  const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
  const texts: Record<Outcome, Forms> = {
    canceled: {
      one: (n) => t({ message: '{0} canceled', args: [n], comment: 'one job' }),
      other: (n) => t('{0} canceled', n),
    },
    finished: {
      one: (n) => t({ message: '{0} had finished', args: [n], comment: 'one job' }),
      other: (n) => t('{0} had finished', n),
    },
    notCancelable: {
      one: (n) => t({ message: '{0} can not be canceled', args: [n], comment: 'one job' }),
      other: (n) => t('{0} can not be canceled', n),
    },
    forbidden: {
      one: (n) => t({ message: '{0} not permitted', args: [n], comment: 'one job' }),
      other: (n) => t('{0} not permitted', n),
    },
    failed: {
      one: (n) => t({ message: '{0} failed', args: [n], comment: 'one job' }),
      other: (n) => t('{0} failed', n),
    },
    unsent: {
      one: (n) => t({ message: '{0} not asked', args: [n], comment: 'one job' }),
      other: (n) => t('{0} not asked', n),
    },
  };
  const parts = Object.keys(texts) as Outcome[];
  return parts
    .filter((outcome) => outcome === 'canceled' || count(outcome) > 0)
    .map((outcome) => plural(count(outcome), texts[outcome]))
    .join(', ');
}
