import type { DemoJob } from './demoJob';
import { HttpError } from './http';
import { parseUuid } from './params';
import type { World } from './world';

/** The job that a path names: 400 when that is no UUID, 404 when there is none. */
export function jobById(world: World, id: string): DemoJob {
  const job = world.get(parseUuid('jobId', id));
  if (!job) throw new HttpError(404, 'jobNotFound', `There is no job with the id ${id}.`);
  return job;
}

/** Which status refuses a cancel isn't documented. */
export function refuseCancel(job: DemoJob, why: 'finished' | 'notCancelable'): never {
  if (why === 'notCancelable') {
    throw new HttpError(400, 'jobNotCancelable', `The job "${job.name}" can't be canceled.`);
  }
  throw new HttpError(400, 'jobAlreadyFinished', `The job "${job.name}" has already finished.`);
}
