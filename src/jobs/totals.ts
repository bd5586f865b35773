import type { Job, JobState } from './job';

/** When the totals of finished groups were asked, and which jobs came since: those move a total, once each. */
export class Totals {
  private readonly asked = new Map<JobState, { readonly at: number; readonly since: Set<string> }>();

  /** A total was counted at `at` by the server's clock, ms since the epoch. */
  ask(group: JobState, at: number): void {
    this.asked.set(group, { at, since: new Set() });
  }

  /** Whether a job adds to the total of its group; `moved` when it was seen active before. */
  adds(group: JobState, job: Job, moved: boolean): boolean {
    const counted = this.asked.get(group);
    // A job that ended before the count is in it already; one that was seen active was not, unless it tells.
    const isNew = job.endedOn && counted ? job.endedOn.getTime() > counted.at : moved;
    if (!isNew || counted?.since.has(job.id)) return false;
    counted?.since.add(job.id);
    return true;
  }

  clear(): void {
    this.asked.clear();
  }
}
