import { t } from '@vscode/l10n';
import { parseTime, type Filter, type Period } from '../jobs/filter';
import { givenFilter } from '../jobs/given';
import { problemOf, schemas, usualLimit } from './schema';

export interface FindInput {
  /** Id or name; all that are on without. */
  readonly connection?: string;
  readonly filter: Filter;
  /** Jobs of each connection. */
  readonly limit: number;
}

export interface JobInput {
  readonly connection?: string;
  /** In lower case, as instances write it. */
  readonly id: string;
}

export interface CancelInput extends JobInput {
  readonly connection: string;
  readonly message?: string;
}

/** What a model gave to the tool that finds jobs. Throws a sentence for what doesn't fit its schema. */
export function findInput(given: unknown): FindInput {
  check('collibra_find_jobs', given);
  const { connection, limit = usualLimit, started, ended, ...rest } = given as GivenFind;
  const filter = givenFilter({
    ...rest,
    started: started && period('started', started),
    ended: ended && period('ended', ended),
  });
  return { connection, limit, filter };
}

/** The same of the tool that reads one. */
export function jobInput(given: unknown): JobInput {
  check('collibra_get_job', given);
  const input = given as JobInput;
  return { ...input, id: input.id.toLowerCase() };
}

/** The same of the tool that cancels one. */
export function cancelInput(given: unknown): CancelInput {
  check('collibra_cancel_job', given);
  const input = given as CancelInput;
  return { ...input, id: input.id.toLowerCase() };
}

/** As the schema lets it through. */
interface GivenFind extends Omit<Filter, 'started' | 'ended'> {
  readonly connection?: string;
  readonly limit?: number;
  readonly started?: GivenPeriod;
  readonly ended?: GivenPeriod;
}

interface GivenPeriod {
  readonly within?: Extract<Period, { within: unknown }>['within'];
  readonly from?: string;
  readonly to?: string;
}

function check(tool: keyof typeof schemas, given: unknown): void {
  const problem = problemOf(schemas[tool], given);
  if (problem !== undefined) throw new Error(problem);
}

function period(field: string, { within, from, to }: GivenPeriod): Period {
  if (within !== undefined && from === undefined && to === undefined) return { within };
  if (within !== undefined || (from === undefined && to === undefined))
    throw new Error(t('"{0}" takes either "within", or "from", "to" or both.', field));
  const bounds = {
    from: from === undefined ? undefined : instant(field, from, 'from'),
    to: to === undefined ? undefined : instant(field, to, 'until'),
  };
  if ((bounds.from ?? -Infinity) > (bounds.to ?? Infinity))
    throw new Error(t('"{0}" ends before it begins.', field));
  return bounds;
}

/** A time with its zone, or a local one as people write it; ms since the epoch. */
function instant(field: string, written: string, end: 'from' | 'until'): number {
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(written);
  const time = zoned ? Date.parse(written) : parseTime(written, end);
  // Of a day that doesn't exist V8 makes another one.
  if (Number.isFinite(time) && !Number.isNaN(parseTime(written.slice(0, 10)))) return time;
  throw new Error(
    t('"{0}" has a time that can not be understood. Write 2026-01-31T08:00:00Z or 2026-01-31.', field),
  );
}
