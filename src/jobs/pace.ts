import { comparedWith, kindOf, usualTimes, youngestSlow, type Baseline, type UsualTimes } from './baseline';
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

/** How the active jobs of a connection keep up with what is usual for their kinds. */
export class Pace {
  private readonly kinds = new Map<string, Known>();
  private looking = false;

  /** `earlier` answers finished jobs like one: see `EarlierRuns`. */
  constructor(private readonly earlier: (job: Job) => Promise<readonly Job[]>) {}

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
        const known = this.kinds.get(key);
        if (known ? now - known.asked >= lasting : this.hasRoom(due.size, now)) due.set(key, job);
      }
      for (const [key, job] of due) this.keep(key, await this.ask(job, now));
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

  /** Whether so many more kinds may be asked about in this hour. */
  private hasRoom(more: number, now: number): boolean {
    const holding = [...this.kinds.values()].filter(({ asked }) => now - asked < lasting);
    return holding.length + more < mostKinds;
  }

  private keep(key: string, known: Known): void {
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
