import {
  comparedWith,
  kindOf,
  usualTimes,
  youngestSlow,
  type Baseline,
  type Usual,
  type UsualTimes,
} from './baseline';
import { isActive, type Job } from './job';

/** How long an answer holds, ms, also a failure: no kind costs more than a request an hour. */
const lasting = 3_600_000;
/** Kinds that are known at once, at most. */
const mostKinds = 100;
/** Kinds that one look asks about, at most. */
const mostAtOnce = 3;

interface Known {
  /** The server's clock, ms since the epoch. */
  readonly asked: number;
  readonly times?: UsualTimes;
}

/** What is known of kinds, by their keys, is kept here: other windows and the next start needn't ask. */
export interface PaceMemory {
  /** What comes back is input. */
  get(): unknown;
  /** Undefined: the connection was removed. */
  set(kinds: Readonly<Record<string, Known>> | undefined): void;
}

/** How the active jobs of a connection keep up with what is usual for their kinds. */
export class Pace {
  private readonly kinds = new Map<string, Known>();
  private looking = false;

  /** `earlier` answers finished jobs like one: see `EarlierRuns`. */
  constructor(
    private readonly earlier: (job: Job) => Promise<readonly Job[]>,
    private readonly memory: PaceMemory,
  ) {}

  /** How a job compares; undefined while that isn't known. `now` is the server's, ms since the epoch. */
  of(job: Job, now: number): Baseline | undefined {
    if (!isActive(job)) return undefined;
    const times = this.kinds.get(keyOf(job))?.times;
    return times && comparedWith(times, job, now);
  }

  /** Asks what is usual for jobs that have gone on for a while: what is over soon costs nothing. */
  async look(active: readonly Job[], now: number): Promise<void> {
    if (this.looking) return;
    this.looking = true;
    try {
      const due = new Map<string, Job>();
      for (const job of active) {
        if (due.size === mostAtOnce) break;
        const since = job.startedOn ?? job.createdOn;
        if (!since || now - since.getTime() < youngestSlow) continue;
        const key = keyOf(job);
        if (this.isDue(key, now) && (this.kinds.has(key) || this.hasRoom(due.size, now))) due.set(key, job);
      }
      if (due.size > 0) this.recall(now);
      for (const [key, job] of due) if (this.isDue(key, now)) this.put(key, await this.ask(job, now));
      // Once for all: each write is one of everything that the extension remembers.
      if (due.size > 0) this.memory.set(Object.fromEntries(this.kinds));
    } finally {
      this.looking = false;
    }
  }

  private async ask(job: Job, now: number): Promise<Known> {
    try {
      return { asked: now, times: usualTimes(job, await this.earlier(job), now) };
    } catch {
      // Nobody asked for it: what is not known isn't marked. What was known stays true enough.
      return { asked: now, times: this.kinds.get(keyOf(job))?.times };
    }
  }

  private isDue(key: string, now: number): boolean {
    return now - (this.kinds.get(key)?.asked ?? -Infinity) >= lasting;
  }

  /** Takes what other windows, or those before, have asked since. */
  private recall(now: number): void {
    for (const [key, known] of parseKinds(this.memory.get()))
      if (known.asked <= now && known.asked > (this.kinds.get(key)?.asked ?? -Infinity)) this.put(key, known);
  }

  /** Whether so many more kinds may be asked about in this hour. */
  private hasRoom(more: number, now: number): boolean {
    const holding = [...this.kinds.values()].filter(({ asked }) => now - asked < lasting);
    return holding.length + more < mostKinds;
  }

  private put(key: string, known: Known): void {
    this.kinds.delete(key);
    this.kinds.set(key, known);
    const [oldest = key] = this.kinds.keys();
    if (this.kinds.size > mostKinds) this.kinds.delete(oldest);
  }
}

function keyOf(job: Job): string {
  const { type, name } = kindOf(job);
  return JSON.stringify([type, name]);
}

function parseKinds(kept: unknown): [string, Known][] {
  return Object.entries(record(kept)).flatMap(([key, value]): [string, Known][] => {
    const { asked, times } = record(value);
    if (!isTime(asked)) return [];
    const [running, waiting] = [parseUsual(record(times)['running']), parseUsual(record(times)['waiting'])];
    return [[key, { asked, times: running && { running, waiting } }]];
  });
}

function parseUsual(kept: unknown): Usual | undefined {
  const { count, median, ninthDecile } = record(kept);
  return isTime(count) && isTime(median) && isTime(ninthDecile) ? { count, median, ninthDecile } : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
