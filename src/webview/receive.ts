import type { DetailsState } from '../details/protocol';
import type { Job } from '../jobs/job';

const instants = ['createdOn', 'lastModifiedOn', 'startedOn', 'endedOn'] as const;

/** A state as it was sent: messages travel as JSON, in which instants are strings. */
export function receive(state: DetailsState): DetailsState {
  const job: Record<string, unknown> = { ...state.job };
  for (const key of instants) {
    const instant = toDate(job[key]);
    if (instant) job[key] = instant;
    else Reflect.deleteProperty(job, key);
  }
  return { ...state, job: job as unknown as Job };
}

function toDate(value: unknown): Date | undefined {
  if (!(value instanceof Date) && typeof value !== 'string' && typeof value !== 'number') return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
