import type { Job } from '../../../src/jobs/job';
import type { Numbered, Plan } from './population';

/** Milliseconds between the creations of two jobs; longer than the lives of any two differ. */
export const gap = 20_000;

/** Names that come up again and again: making them anew would slow the instance down. */
const people = Array.from({ length: 50 }, (_, n) => uuid(n, 2));
const batches = Array.from({ length: 1000 }, (_, n) => uuid(n, 3));

const results = { completed: 'SUCCESS', failed: 'FAILURE', canceled: 'ABORTED' } as const;

const underWay =
  'Comparing the rows of the source with what the catalog has of it; only what differs will be written.';

/** What a job of the bench is, in the words of neither generation. Written as JSON it has about 500 bytes. */
export function jobOf({ n, state }: Numbered, plan: Plan): Job {
  const created = plan.newest - (plan.jobs - 1 - n) * gap;
  const ended = Object.hasOwn(results, state);
  return {
    id: idOf(n),
    name: `Synchronization of batch for id: ${batches[n % batches.length] ?? ''}`,
    type: n % 3 === 0 ? 'IMPORT' : 'DELTA_INGESTION',
    state,
    result: ended ? results[state as keyof typeof results] : 'NOT_SET',
    message: ended ? `{"assetsCount":${n % 1000},"completed":true}` : underWay,
    progress: ended ? 100 : state === 'waiting' ? 0 : n % 100,
    createdOn: new Date(created),
    createdBy: people[n % people.length],
    startedOn: state === 'waiting' ? undefined : new Date(created + 1000),
    endedOn: ended ? new Date(created + 5000 + (n % 7) * 1000) : undefined,
    user: people[n % people.length],
  };
}

export function idOf(n: number): string {
  return uuid(n, 1);
}

/** The number of a job; NaN when it is none of ours. */
export function numberOf(id: string): number {
  const n = parseInt(id.slice(24), 16);
  return id === idOf(n) ? n : NaN;
}

function uuid(n: number, kind: number): string {
  const digits = n.toString(16).padStart(12, '0');
  return `${digits.slice(4)}-000${kind}-4000-8000-${digits}`;
}
