import type { Job, JobState } from '../jobs/job';
import type { Log } from './log';

/*
 * Server data is not trusted: any field may be missing, null or of another type. These read one field each and
 * answer undefined for what can't be understood.
 */

/** The largest distance from the epoch that a `Date` can hold, ms. */
const farthest = 8.64e15;

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

export function integer(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** A number of things. */
export function natural(value: unknown): number | undefined {
  const number = integer(value);
  return number !== undefined && number >= 0 ? number : undefined;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Whether it is written as a UUID, of whatever version: Collibra has some of none. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

/** Percent, 0 to 100: nothing in the contract bounds it. */
export function percent(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Math.min(100, Math.max(0, value));
}

/** An instant from milliseconds since the epoch, UTC. Zero is how "never" is written. */
export function instantFromMillis(value: unknown): Date | undefined {
  return typeof value === 'number' && value >= 1 && value <= farthest ? new Date(value) : undefined;
}

/** RFC 3339, with or without a fraction; Java's clients also leave out seconds and zone. */
const rfc3339 = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?$/i;

/** An instant from text. Without a zone it is UTC, not the time of this machine. */
export function instantFromText(value: unknown): Date | undefined {
  const [, day, time, zone = 'Z'] = typeof value === 'string' ? (rfc3339.exec(value) ?? []) : [];
  if (day === undefined || time === undefined) return undefined;
  // V8 takes 30 February for a day in March; a day that every month has needs no second look.
  if (Number(day.slice(-2)) > 28) {
    const start = Date.parse(`${day}T00:00:00Z`);
    if (Number.isNaN(start) || !new Date(start).toISOString().startsWith(day)) return undefined;
  }
  return instantFromMillis(Date.parse(`${day}T${time}${zone.toUpperCase()}`));
}

/** Words for a state in either generation; both answer with either's. */
const states: Readonly<Record<string, JobState>> = {
  WAITING: 'waiting',
  RUNNING: 'running',
  CANCELING: 'canceling',
  COMPLETED: 'completed',
  CANCELED: 'canceled',
  DELETED: 'canceled',
  ERROR: 'failed',
  FAILED: 'failed',
};

export function stateOf(raw: string | undefined): JobState {
  return raw !== undefined && Object.hasOwn(states, raw) ? (states[raw] ?? 'other') : 'other';
}

/** The object's fields, or undefined for anything that has none. */
export function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** The rows of a page of Core REST 2.0 that was asked for by `offset`; undefined for what is none. */
export function readOffsetPage(body: unknown, asked: { offset: number; limit: number; count?: boolean }) {
  const answer = record(body);
  const rows: unknown = answer?.['results'];
  if (!answer || !Array.isArray(rows)) return undefined;
  const end = asked.offset + rows.length;
  // A server with a lower limit of its own says so; a short page is the last one only against that.
  const own = integer(answer['limit']) ?? 0;
  const limit = own > 0 ? Math.min(asked.limit, own) : asked.limit;
  const total = asked.count ? natural(answer['total']) : undefined;
  const more = rows.length > 0 && (total === undefined ? rows.length >= limit : end < total);
  return { rows: rows as readonly unknown[], total, next: more ? end : undefined };
}

/** How one generation writes a job where the other does otherwise. What only one of them sends needs no word here. */
export interface Dialect {
  /** The field with the UUID of the user. */
  readonly user: string;
  readonly instant: (value: unknown) => Date | undefined;
}

/** A job from either generation's `Job`; undefined when it has no id. All jobs have the same shape: that reads fastest. */
export function readJob(value: unknown, { user, instant }: Dialect): Job | undefined {
  const raw = record(value);
  const id = text(raw?.['id']);
  // As a part of a path these are no name: they lead to another place.
  if (!raw || id === undefined || id === '.' || id === '..') return undefined;
  const rawState = text(raw['state']);
  return {
    id,
    name: text(raw['name']),
    type: text(raw['type']),
    state: stateOf(rawState),
    rawState,
    result: text(raw['result']),
    message: text(raw['message']),
    progress: percent(raw['progressPercentage']),
    createdOn: instant(raw['createdOn']),
    createdBy: text(raw['createdBy']),
    lastModifiedOn: instant(raw['lastModifiedOn']),
    lastModifiedBy: text(raw['lastModifiedBy']),
    startedOn: instant(raw['startDate']),
    endedOn: instant(raw['endDate']),
    user: text(raw[user]),
    cancelable: flag(raw['cancelable']),
    visibility: integer(raw['visibility']),
    system: flag(raw['system']),
    selfManaged: flag(raw['selfManaged']),
  };
}

/** The rows of a page in order; a row without an id is undefined, and counted in the log. */
export function readRows(
  rows: readonly unknown[],
  read: (value: unknown) => Job | undefined,
  log: Log,
): readonly (Job | undefined)[] {
  const jobs = rows.map(read);
  const unreadable = jobs.filter((job) => job === undefined).length;
  if (unreadable > 0) log.warn(`${unreadable} of ${rows.length} rows had no id and were left out.`);
  return jobs;
}
