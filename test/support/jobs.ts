import type { Job } from '../../src/jobs/job';
import type { Capabilities, JobQuery, JobsApi, Page, PageRequest } from '../../src/jobs/query';

/** A job with what a test cares about; created and ended at the given minutes after an epoch of its own. */
export function job(
  id: string,
  fields: Partial<Omit<Job, 'createdOn' | 'endedOn'>> & { created?: number; ended?: number } = {},
): Job {
  const { created = 1, ended, ...rest } = fields;
  return {
    id,
    state: 'running',
    createdOn: minute(created),
    endedOn: ended === undefined ? undefined : minute(ended),
    ...rest,
  };
}

export function minute(minutes: number): Date {
  return new Date(Date.UTC(2026, 0, 1) + minutes * 60_000);
}

export function page(jobs: readonly Job[], more: Partial<Page> = {}): Page {
  return { jobs, contiguous: true, ...more };
}

const capabilities: Capabilities = {
  generation: 'core-2.0',
  totals: true,
  largestPage: 1000,
  sortFields: [],
  states: ['running', 'waiting', 'canceling', 'failed', 'canceled', 'completed'],
  visible: true,
  userField: 'createdBy',
};

/** A port in memory over a list of jobs that the test may change between two calls; it notes what was asked. */
export class FakeApi implements JobsApi {
  readonly capabilities: Capabilities;
  jobs: readonly Job[] = [];
  readonly asked: string[] = [];
  /** Thrown instead of an answer, when set. */
  failure?: Error;

  constructor(capable: Partial<Capabilities> = {}) {
    this.capabilities = { ...capabilities, ...capable };
  }

  find(query: JobQuery, request: PageRequest): Promise<Page> {
    this.asked.push(
      `find ${query.states?.join('+') ?? 'all'} ${request.limit}${request.count ? ' count' : ''}`,
    );
    if (this.failure) return Promise.reject(this.failure);
    const of = ({ user, createdBy }: Job) => [user, createdBy].includes(query.user);
    const matching = this.jobs.filter(
      (each) => (query.states?.includes(each.state) ?? true) && (query.user === undefined || of(each)),
    );
    const field = query.sort?.field === 'endedOn' ? 'endedOn' : 'createdOn';
    const sorted = matching.toSorted((a, b) => (b[field]?.getTime() ?? 0) - (a[field]?.getTime() ?? 0));
    const offset = Number(request.after ?? 0);
    const jobs = sorted.slice(offset, offset + Math.min(request.limit, this.capabilities.largestPage));
    const end = offset + jobs.length;
    return Promise.resolve(
      page(jobs, {
        next: end < sorted.length ? (String(end) as Page['next']) : undefined,
        total: request.count && this.capabilities.totals ? sorted.length : undefined,
      }),
    );
  }

  get(id: string): Promise<Job> {
    this.asked.push(`get ${id}`);
    if (this.failure) return Promise.reject(this.failure);
    const found = this.jobs.find((each) => each.id === id);
    return found ? Promise.resolve(found) : Promise.reject(failure('notFound'));
  }

  cancel(): Promise<void> {
    return Promise.resolve();
  }

  /** What was asked since the last call. */
  taken(): string[] {
    return this.asked.splice(0);
  }
}

/** A failure as the domain sees it. */
export function failure(kind: string, more: { retryAfter?: number } = {}): Error {
  return Object.assign(new Error(`a failure of kind ${kind}`), { name: 'CollibraError', kind, ...more });
}
