import { pastQuery, pastRuns } from './baseline';
import type { Clock } from './clock';
import type { Job } from './job';
import type { JobsApi } from './query';

/** How long the answer for a kind of jobs does, ms: what is usual changes slowly. */
const lasting = 3_600_000;
/** Kinds that are remembered, at most. */
const mostKinds = 100;

interface Answer {
  readonly at: number;
  readonly runs: Promise<readonly Job[]>;
}

/** The earlier runs of a job: one small request for each kind of jobs an hour. */
export class EarlierRuns {
  private readonly answers = new Map<string, Answer>();

  constructor(
    private readonly api: JobsApi,
    private readonly clock: Clock,
  ) {}

  /** Finished jobs of its kind, and others whose names begin alike; the last to end first. */
  async of(job: Pick<Job, 'type' | 'name'>): Promise<readonly Job[]> {
    const query = pastQuery(job);
    if (!query) return [];
    const key = JSON.stringify(query);
    const now = this.clock.now();
    const known = this.answers.get(key);
    if (known && now - known.at < lasting) return known.runs;
    const runs = this.api.find(query, { limit: pastRuns }).then(({ jobs }) => jobs);
    this.answers.delete(key);
    this.answers.set(key, { at: now, runs });
    const [oldest = key] = this.answers.keys();
    if (this.answers.size > mostKinds) this.answers.delete(oldest);
    // What failed is asked for again by the next who wants to know.
    runs.catch(() => {
      if (this.answers.get(key)?.runs === runs) this.answers.delete(key);
    });
    return runs;
  }
}
