import { duration, finishedStates, type Job, type JobState } from './job';
import type { JobQuery } from './query';

/** Runs to ask for: as many as one page has in either generation, and as many as a chart shows. */
export const pastRuns = 50;
/** Fewer runs say nothing of what is usual. */
const fewestRuns = 5;
/** Characters of a name that are compared; one without end costs no more than that. */
const longestName = 1000;
/** The part of a prefix that is asked for: it has to fit into an address, and no character is cut in half. */
const askable = /^.{0,100}/su;
/** A shorter prefix, in characters, leaves hardly a job out. */
const shortestPrefix = 3;
/** How far the clocks of the server may be apart, ms. */
const skew = 60_000;

/** What jobs that do the same work have in common. */
export interface Kind {
  readonly type?: string;
  /** The name with `…` in place of what differs from run to run. */
  readonly name?: string;
  /** What stands in the name before the first of those, or all of it; empty when there is no name. */
  readonly prefix: string;
}

/** Lengths of time, ms: half of the runs took at most `median`, nine of ten at most `ninthDecile`. */
export interface Usual {
  /** How many runs it is taken from. */
  readonly count: number;
  readonly median: number;
  readonly ninthDecile: number;
}

/** How long jobs of a kind run, and wait for it. */
export interface UsualTimes {
  readonly running: Usual;
  /** From the creation to the start; undefined where too few runs tell. */
  readonly waiting?: Usual;
}

/** How a job compares with earlier ones of its kind. */
export interface Baseline extends UsualTimes {
  /** The job runs, or ran, clearly longer than nine of ten did. */
  readonly slow: boolean;
  /** The job has been waiting far longer than nine of ten did. */
  readonly waitsLong: boolean;
  /** When a running job probably ends. */
  readonly end?: Date;
}

/** One run in a chart. */
export interface Point {
  readonly id: string;
  readonly startedOn: Date;
  /** Milliseconds that it ran, or has been running. */
  readonly duration: number;
  readonly state: JobState;
  readonly result?: string;
  /** It is the job that the chart is about. */
  readonly current: boolean;
}

/** UUIDs, also without hyphens; and what no server can be asked for: controls, halves of characters. */
const identifiers = /[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}|[\p{Cc}\p{Cs}]/giu;
const month = `(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`;
/** Numbers, dates and times, a row of them as one. What separates shares no character with what it separates. */
const numbers = new RegExp(
  String.raw`(?:\b${month}[-/ .,]{1,3})?[\d…]+(?:[-/.:,_+t ]{1,3}(?:[\d…]+|${month}\b))*`,
  'giu',
);

/** Jobs are of one kind when they have the same type, and names that differ only in UUIDs, numbers and dates. */
export function kindOf({ type, name }: Pick<Job, 'type' | 'name'>): Kind {
  if (name === undefined) return { type, prefix: '' };
  const pattern = name.slice(0, longestName).replace(identifiers, '…').replace(numbers, '…');
  const hole = pattern.indexOf('…');
  return { type, name: pattern, prefix: hole < 0 ? pattern : pattern.slice(0, hole).trimEnd() };
}

/**
 * Finds the finished jobs of a kind, and others whose names begin alike: the functions below leave those out. It asks
 * for the type alone when the prefix is too short to tell jobs apart, and is undefined when there is no type either.
 */
export function pastQuery(job: Pick<Job, 'type' | 'name'>): JobQuery | undefined {
  const { type, name, prefix } = kindOf(job);
  const [asked = ''] = askable.exec(prefix) ?? [];
  const exact = asked === name;
  const named = asked.trim().length >= (exact ? 1 : shortestPrefix);
  if (type === undefined && !named) return undefined;
  return {
    states: finishedStates,
    types: type === undefined ? undefined : [type],
    name: named ? asked : undefined,
    nameMatchMode: named ? (exact ? 'EXACT' : 'START') : undefined,
    sort: { field: 'endedOn', order: 'desc' },
  };
}

/** Younger jobs are neither slow nor late, whatever is usual, ms. */
export const youngestSlow = 30_000;

/** What is usual for jobs of this kind, and how this one compares. `now` is the server's, ms since the epoch. */
export function baselineOf(job: Job, earlier: readonly Job[], now: number): Baseline | undefined {
  const times = usualTimes(job, earlier, now);
  return times && comparedWith(times, job, now);
}

/**
 * How long jobs of this kind take. Runs that went through count: completed, with errors or without. What failed, was
 * canceled or aborted stopped early and would make the usual look shorter. Undefined with fewer than five of them.
 */
export function usualTimes(job: Job, earlier: readonly Job[], now: number): UsualTimes | undefined {
  const runs = othersOf(job, earlier).filter((run) => wentThrough(run) && ran(run, now) !== undefined);
  const running = usual(runs.map((run) => ran(run, now)));
  return running && { running, waiting: usual(runs.map(waited)) };
}

export function comparedWith({ running, waiting }: UsualTimes, job: Job, now: number): Baseline {
  const elapsed = ran(job, now);
  const { createdOn } = job;
  const queued = job.state === 'waiting' && createdOn ? now - createdOn.getTime() : 0;
  return {
    running,
    waiting,
    // A quarter more, and half a minute, so that what takes seconds isn't called slow for a few of them.
    slow: (elapsed ?? 0) > running.ninthDecile * 1.25 + youngestSlow,
    waitsLong: waiting !== undefined && queued > waiting.ninthDecile * 2 + 60_000,
    end: job.state === 'running' && elapsed !== undefined ? endOf(elapsed, running, now) : undefined,
  };
}

/** Finished jobs of this kind, and this one if it has started: the latest fifty, the oldest first. */
export function pointsOf(job: Job, earlier: readonly Job[], now: number): Point[] {
  const point = (run: Job): Point[] => {
    const { id, startedOn, state, result } = run;
    const length = ran(run, now);
    if (!startedOn || length === undefined) return [];
    return [{ id, startedOn, duration: length, state, result, current: id === job.id }];
  };
  const own = point(job);
  const finished = othersOf(job, earlier).filter(({ state }) =>
    finishedStates.some((each) => each === state),
  );
  const others = finished.flatMap(point).toSorted(byStart);
  return [...others.slice(own.length - pastRuns), ...own].toSorted(byStart);
}

/** Jobs of the same kind, each once, without the job itself. */
function othersOf(job: Job, earlier: readonly Job[]): Job[] {
  const { type, name } = kindOf(job);
  return [...new Map(earlier.map((each) => [each.id, each])).values()].filter((each) => {
    const kind = kindOf(each);
    return each.id !== job.id && kind.type === type && kind.name === name;
  });
}

function wentThrough({ state, result }: Job): boolean {
  return state === 'completed' && result !== 'ABORTED' && result !== 'FAILURE';
}

/** Milliseconds that the job ran, or has been running; undefined where its dates contradict each other or the clock. */
function ran(job: Job, now: number): number | undefined {
  const start = job.startedOn?.getTime() ?? NaN;
  const end = job.endedOn?.getTime() ?? Math.max(start, now);
  return start <= end && end <= now + skew ? duration(job, now) : undefined;
}

function waited({ createdOn, startedOn }: Job): number | undefined {
  const wait = createdOn && startedOn && startedOn.getTime() - createdOn.getTime();
  return wait !== undefined && wait >= 0 ? wait : undefined;
}

function usual(lengths: readonly (number | undefined)[]): Usual | undefined {
  const sorted = lengths.filter((length) => length !== undefined).toSorted((a, b) => a - b);
  const { length: count } = sorted;
  // The shortest length that so many tenths of the runs stayed within: always one that there was.
  const decile = (tenths: number) => sorted[Math.ceil((count * tenths) / 10) - 1] ?? 0;
  return count < fewestRuns ? undefined : { count, median: decile(5), ninthDecile: decile(9) };
}

/**
 * When a job that has run so long ends, if it takes as long as half of the others did, or else nine of ten; one that
 * outlasted those can't be told. Its progress isn't looked at: nothing says that it grows evenly, or reaches 100.
 */
function endOf(elapsed: number, { median, ninthDecile }: Usual, now: number): Date | undefined {
  const whole = [median, ninthDecile].find((length) => elapsed < length);
  return whole === undefined ? undefined : new Date(now + whole - elapsed);
}

function byStart(a: Point, b: Point): number {
  return a.startedOn.getTime() - b.startedOn.getTime() || (a.id < b.id ? -1 : 1);
}
