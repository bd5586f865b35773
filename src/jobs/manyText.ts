import { t } from '@vscode/l10n';

/** Names that a question lists, at most. */
const listed = 10;

/** What became of a job that was to be canceled with others; `unsent`: the person stopped before it. */
export type Outcome = 'canceled' | 'finished' | 'notCancelable' | 'forbidden' | 'failed' | 'unsent';

/** The names of jobs, a line each, and how many more there are. */
export function listNames(names: readonly string[]): string[] {
  const more = names.length - listed;
  return more > 0 ? [...names.slice(0, listed), t('and {0} more', more)] : [...names];
}

/** What became of several jobs, in one line: "12 canceled, 1 had finished, 2 not permitted". */
export function outcomeLine(outcomes: readonly Outcome[]): string {
  const count = (outcome: Outcome) => outcomes.filter((each) => each === outcome).length;
  const texts: Record<Outcome, (count: number) => string> = {
    canceled: (n) => t('{0} canceled', n),
    finished: (n) => t('{0} had finished', n),
    notCancelable: (n) => t('{0} can not be canceled', n),
    forbidden: (n) => t('{0} not permitted', n),
    failed: (n) => t('{0} failed', n),
    unsent: (n) => t('{0} not asked', n),
  };
  const parts = Object.keys(texts) as Outcome[];
  return parts
    .filter((outcome) => outcome === 'canceled' || count(outcome) > 0)
    .map((outcome) => texts[outcome](count(outcome)))
    .join(', ');
}
