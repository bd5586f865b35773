import type { JobState } from '../jobs/job';

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

/** Percent, 0 to 100: nothing in the contract bounds it. */
export function percent(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  return Math.min(100, Math.max(0, value));
}

/** An instant from milliseconds since the epoch, UTC. Zero and less is how "never" is written. */
export function instantFromMillis(value: unknown): Date | undefined {
  return typeof value === 'number' && value > 0 && value <= farthest ? new Date(value) : undefined;
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
