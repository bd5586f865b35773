import type { DetailsState } from '../details/protocol';
import type { Job } from '../jobs/job';

const instants = ['createdOn', 'lastModifiedOn', 'startedOn', 'endedOn'] as const;

/** A state as it was sent: messages travel as JSON, in which instants are strings. */
export function receive(state: DetailsState): DetailsState {
  return { ...state, job: receiveJob(state.job) };
}

export function receiveJob(sent: Job): Job {
  const job: Record<string, unknown> = { ...sent };
  for (const key of instants) {
    const instant = toDate(job[key]);
    if (instant) job[key] = instant;
    else Reflect.deleteProperty(job, key);
  }
  return job as unknown as Job;
}

function toDate(value: unknown): Date | undefined {
  if (!(value instanceof Date) && typeof value !== 'string' && typeof value !== 'number') return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
