import { isFinished, type DemoJob, type State } from './demoJob';
import { newJob } from './newJob';
import { Random } from './random';
import { currentUser, systemUser } from './users';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const historyJobs = 300;
const historySpan = 21 * day;
/** The world has been living for this long when it is made, so that it starts with a full house. */
const warmUp = 15 * minute;
/** Long enough that a job of the history has ended when the warm-up begins. */
const historyEnd = warmUp + hour;
const mostJobs = 2000;
/** Longer than it takes to submit `mostJobs`: what was submitted before that would be dropped anyway. */
const longestCatchUp = 8 * hour;

/**
 * The jobs of the demo, which live on while time passes. Nothing runs by itself: `advance` works out what
 * has happened since, event by event, so what a moment looks like doesn't depend on how often was asked.
 */
export class World {
  /** By id, oldest first. */
  private readonly all = new Map<string, DemoJob>();
  private readonly active = new Set<DemoJob>();
  private readonly random: Random;
  private time: number;
  private nextSubmission: number;

  constructor(seed: number, now: number) {
    this.random = new Random(seed);
    const age = () => historyEnd + historySpan * this.random.next() ** 2;
    const ages = Array.from({ length: historyJobs }, age).sort((a, b) => b - a);
    for (const age of ages) {
      const job = this.submit(Math.round(now - age));
      this.start(job, job.createdOn + this.random.int(second, 40 * second));
      if (job.startDate !== undefined) this.end(job, endOf(job));
    }
    this.time = this.nextSubmission = now - warmUp;
    this.advance(now);
  }

  /** Lets time pass until `now`. A clock that goes back is waited for. */
  advance(now: number): void {
    this.nextSubmission = Math.max(this.nextSubmission, now - longestCatchUp);
    for (;;) {
      this.startWaiting();
      const active = [...this.active];
      const at = Math.min(this.nextSubmission, ...active.map(endOf));
      if (at > now) break;
      this.time = Math.max(this.time, at);
      const ending = active.find((job) => endOf(job) === at);
      if (ending) this.end(ending, at);
      else this.submitSome(at);
    }
    this.time = Math.max(this.time, now);
    for (const job of this.active) {
      if (job.startDate === undefined || job.state !== 'RUNNING') continue;
      const done = (this.time - job.startDate) / job.plan.duration;
      job.progress = Math.round(job.plan.progress * done * 10) / 10;
    }
  }

  jobs(): readonly DemoJob[] {
    return [...this.all.values()];
  }

  /** By its id in lower case. */
  get(id: string): DemoJob | undefined {
    return this.all.get(id);
  }

  /** Asks an active job to stop. It takes some seconds, and a job in its last second ends as if not asked. */
  cancel(job: DemoJob, message: string): void {
    if (job.state === 'CANCELING') return;
    if (endOf(job) - this.time > second) {
      job.cancel = { at: this.time + (2 + (job.plan.rows % 4)) * second, message };
    }
    this.change(job, 'CANCELING', this.time, currentUser.id);
  }

  /** Takes a job out of the list for good. */
  remove(job: DemoJob): void {
    this.all.delete(job.id);
    this.active.delete(job);
  }

  /** The system is busy but not flooded: it takes new jobs while fewer than five wait. */
  private submitSome(at: number): void {
    this.nextSubmission = at + this.random.int(5 * second, 13 * second);
    if (this.count('WAITING') < 5) this.active.add(this.submit(at));
  }

  private submit(at: number): DemoJob {
    const job = newJob(this.random, at);
    this.change(job, 'WAITING', at, job.createdBy);
    this.all.set(job.id, job);
    for (const old of this.all.values()) {
      if (this.all.size <= mostJobs) break;
      if (isFinished(old)) this.all.delete(old.id);
    }
    return job;
  }

  /** Three to six jobs run while more than three wait, the longest waiting first. */
  private startWaiting(): void {
    for (const job of this.active) {
      const running = this.count('RUNNING');
      if (running >= 6 || (running >= 3 && this.count('WAITING') <= 3)) return;
      if (job.state === 'WAITING') this.start(job, this.time);
    }
  }

  private start(job: DemoJob, at: number): void {
    if (job.plan.neverStarts) this.end(job, at);
    else {
      job.startDate = at;
      this.change(job, 'RUNNING', at, systemUser.id);
    }
  }

  private end(job: DemoJob, at: number): void {
    const { cancel, plan } = job;
    job.endDate = at;
    job.result = cancel ? 'ABORTED' : plan.result;
    job.message = cancel ? cancel.message : plan.message;
    if (!cancel && !plan.neverStarts) job.progress = plan.progress;
    this.change(job, cancel ? 'CANCELED' : plan.state, at, systemUser.id);
    this.active.delete(job);
  }

  /** Jobs of the system itself leave no trace of who changed them last, as some real ones don't. */
  private change(job: DemoJob, state: State, at: number, userId: string): void {
    job.state = state;
    if (job.system) return;
    job.lastModifiedOn = at;
    job.lastModifiedBy = userId;
  }

  private count(state: State): number {
    let count = 0;
    for (const job of this.active) if (job.state === state) count++;
    return count;
  }
}

/** When the job ends as things stand, ms since the epoch; Infinity while it waits. */
function endOf(job: DemoJob): number {
  if (job.cancel) return job.cancel.at;
  return job.startDate === undefined ? Infinity : job.startDate + job.plan.duration;
}
