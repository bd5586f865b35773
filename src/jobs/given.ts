import { t } from '@vscode/l10n';
import { parseFilter, spans, type Filter } from './filter';
import { jobStates } from './job';
import type { JobQuery } from './query';
import { parseSort } from './sort';

type Check = (value: unknown) => boolean;
type Checks<T> = { readonly [K in keyof T]-?: Check };

const isText: Check = (value) => typeof value === 'string' && value !== '';
const isTexts: Check = (value) => Array.isArray(value) && value.every((each) => typeof each === 'string');
const isOneOf =
  (values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);

const common = {
  name: isText,
  nameMatchMode: isOneOf(['START', 'END', 'ANYWHERE', 'EXACT']),
  results: isTexts,
  types: isTexts,
  user: isText,
  visible: isOneOf([true, false]),
};

const queryChecks: Checks<JobQuery> = {
  ...common,
  states: isTexts,
  sort: (value) => parseSort(value) !== undefined,
};

const filterChecks: Checks<Filter> = {
  ...common,
  states: (value) => isFilled(value) && value.every(isOneOf(jobStates)),
  results: (value) => isFilled(value) && isTexts(value),
  types: (value) => isFilled(value) && isTexts(value),
  userName: isText,
  started: isPeriod,
  ended: isPeriod,
};

/**
 * A query that another program gave. Throws a sentence for what can't be understood: left out, it would match more
 * than was asked for. A state or result that nobody knows matches nothing.
 */
export function givenQuery(given: unknown): JobQuery {
  return checked('query', given, queryChecks);
}

/** A filter that another program gave; the same. An empty list would show nothing for ever, so it is refused. */
export function givenFilter(given: unknown): Filter {
  return parseFilter(checked('filter', given, filterChecks));
}

function checked(
  argument: string,
  given: unknown,
  checks: Readonly<Record<string, Check>>,
): Readonly<Record<string, unknown>> {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new Error(t('The argument "{0}" must be an object.', argument));
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) throw new Error(t('The argument "{0}" has no field "{1}".', argument, name));
    if (value !== undefined && !check(value))
      throw new Error(t('The argument "{0}" can not be understood: look at "{1}".', argument, name));
  }
  return given as Readonly<Record<string, unknown>>;
}

function isFilled(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

/** A span, or at least one instant, ms since the epoch. */
function isPeriod(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value).filter(([, end]) => end !== undefined);
  if (entries.length === 1 && entries[0]?.[0] === 'within') return isOneOf(spans)(entries[0][1]);
  return (
    entries.length > 0 && entries.every(([name, end]) => /^(from|to)$/.test(name) && Number.isFinite(end))
  );
}
