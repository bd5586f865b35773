import type { Slow } from '../jobs/slowText';
import type { Job } from '../jobs/job';
import { activeJobs } from '../jobs/state';
import type { Claims } from './claims';
import type { Session } from './session';

/** What is needed of a session. */
export type PacedSession = Pick<Session, 'id' | 'markedName' | 'state' | 'pace' | 'now' | 'me'>;

export interface SlowOptions {
  readonly claims: Pick<Claims, 'claim'>;
  /** Whether a person wants to hear that jobs are slow. */
  told(): boolean;
  /** Whether a person wants to be told of this job. */
  wants(session: PacedSession, job: Job): Promise<boolean>;
  tell(slow: readonly Slow[]): void;
}

/** Finds out which jobs take longer than usual, and tells of each once, by one of the windows. */
export class SlowJobs {
  constructor(private readonly options: SlowOptions) {}

  /** Looks at the jobs of a session that go on, and asks for what is usual where that isn't known. */
  async look(session: PacedSession): Promise<void> {
    const { pace } = session;
    if (!pace) return;
    await pace.look(activeJobs(session.state), session.now());
    if (!this.options.told()) return;
    const now = session.now();
    const slow: Slow[] = [];
    try {
      for (const job of activeJobs(session.state)) {
        const baseline = pace.of(job, now);
        if (!baseline || !(baseline.slow || baseline.waitsLong)) continue;
        if (!(await this.options.wants(session, job))) continue;
        const what = baseline.slow ? 'slow' : 'late';
        if (!this.options.claims.claim(`${session.id} ${job.id} ${what}`)) continue;
        slow.push({ connection: session.id, instance: session.markedName, job, baseline });
      }
    } catch {
      // Where it can't be asked whose jobs they are, it is asked again at the next look.
    }
    if (slow.length > 0) this.options.tell(slow);
  }
}
