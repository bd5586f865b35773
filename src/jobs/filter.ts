import { isActive, jobStates, type Job, type JobState } from './job';
import type { Capabilities, JobQuery, JobSort } from './query';

/** What a person wants to see of a connection's jobs. What isn't set doesn't matter. */
export interface Filter extends Omit<JobQuery, 'sort'> {
  /** What `user` was called when the filter was set. */
  readonly userName?: string;
  /** When the job started. */
  readonly started?: Period;
  /** When it ended; active jobs have no end. */
  readonly ended?: Period;
}

export const spans = ['hour', 'today', 'day', 'week'] as const;

/** A time that moves along with the clock, or two instants, ms since the epoch; either end may be open. */
export type Period =
  { readonly within: (typeof spans)[number] } | { readonly from?: number; readonly to?: number };

const hour = 3_600_000;

/** The two ends of a period, ms since the epoch, both inclusive. Today begins at local midnight. */
export function boundsOf(period: Period, now: number): { readonly from: number; readonly to: number } {
  if (!('within' in period)) return { from: period.from ?? -Infinity, to: period.to ?? Infinity };
  const spans = { hour, day: 24 * hour, week: 7 * 24 * hour };
  if (period.within !== 'today') return { from: now - spans[period.within], to: Infinity };
  return { from: new Date(now).setHours(0, 0, 0, 0), to: Infinity };
}

/** A local time as people write it, ms since the epoch; NaN for anything else. `until` a day is its end. */
export function parseTime(written: string, end: 'from' | 'until' = 'from'): number {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d)?))?$/.exec(written.trim()) ?? [];
  if (day === undefined) return NaN;
  const start = new Date(`${day}T00:00`);
  // V8 takes 30 February for a day in March.
  if (start.getDate() !== Number(day.slice(-2))) return NaN;
  if (time !== undefined) return Date.parse(`${day}T${time}`);
  return end === 'from' ? start.getTime() : start.setHours(23, 59, 59, 999);
}

export function isEmpty(filter: Filter): boolean {
  return Object.values(filter).every((value) => value === undefined);
}

/** The time by which a filter bounds jobs: the end, where it bounds both. */
export function boundOf({ started, ended }: Filter): 'startedOn' | 'endedOn' | undefined {
  if (ended) return 'endedOn';
  return started && 'startedOn';
}

/** What lists are sorted by: what a filter bounds, newest first, so that they end at what is too old. */
export function orderOf(filter: Filter, sort: JobSort | undefined): JobSort | undefined {
  const field = boundOf(filter);
  return field ? { field, order: 'desc' } : sort;
}

/** The part of a filter that the server understands. */
export function queryOf({ name, nameMatchMode, states, results, types, user, visible }: Filter): JobQuery {
  return { name, nameMatchMode, states, results, types, user, visible };
}

/** Whether a job is what is wanted, as far as a client can tell; the server compares in the same way. */
export function matches(
  job: Job,
  filter: Filter,
  now: number,
  userField: Capabilities['userField'] = 'createdBy',
): boolean {
  const { states, results, types, user, started, ended } = filter;
  if (states && !states.includes(job.state)) return false;
  if (results && !results.includes(job.result ?? '')) return false;
  if (types && !types.includes(job.type ?? '')) return false;
  if (user !== undefined && user !== job[userField]) return false;
  return (
    matchesName(job.name ?? '', filter) &&
    (!started || isWithin(job.startedOn, started, now)) &&
    (!ended || (!isActive(job) && isWithin(job.endedOn, ended, now)))
  );
}

/** EXACT is case-sensitive, the other modes are not. */
function matchesName(name: string, { name: wanted, nameMatchMode = 'ANYWHERE' }: Filter): boolean {
  if (wanted === undefined) return true;
  if (nameMatchMode === 'EXACT') return name === wanted;
  const [text, part] = [name.toLowerCase(), wanted.toLowerCase()];
  if (nameMatchMode === 'START') return text.startsWith(part);
  return nameMatchMode === 'END' ? text.endsWith(part) : text.includes(part);
}

function isWithin(date: Date | undefined, period: Period, now: number): boolean {
  const { from, to } = boundsOf(period, now);
  return date !== undefined && date.getTime() >= from && date.getTime() <= to;
}

/** A filter as it was stored; what can't be understood is left out. */
export function parseFilter(stored: unknown): Filter {
  if (typeof stored !== 'object' || stored === null) return {};
  const { name, nameMatchMode, states, results, types, user, userName, visible, started, ended } =
    stored as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
  const list = (value: unknown) =>
    Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string')
      ? value
      : undefined;
  const modes = ['START', 'END', 'ANYWHERE', 'EXACT'] as const;
  return {
    name: text(name),
    nameMatchMode: text(name) === undefined ? undefined : modes.find((mode) => mode === nameMatchMode),
    states: list(list(states)?.filter((each) => (jobStates as readonly string[]).includes(each))) as
      JobState[] | undefined,
    results: list(results),
    types: list(types),
    user: text(user),
    userName: text(user) && text(userName),
    visible: typeof visible === 'boolean' ? visible : undefined,
    started: parsePeriod(started),
    ended: parsePeriod(ended),
  };
}

function parsePeriod(stored: unknown): Period | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { within, from, to } = stored as Record<string, unknown>;
  const span = spans.find((each) => each === within);
  if (span) return { within: span };
  const instant = (value: unknown) => (Number.isFinite(value) ? (value as number) : undefined);
  const period = { from: instant(from), to: instant(to) };
  return period.from === undefined && period.to === undefined ? undefined : period;
}
