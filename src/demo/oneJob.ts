import { isFinished, type DemoJob } from './demoJob';
import { HttpError, type DemoRequest } from './http';
import { checked, uuid } from './params';

/** The job that the path names: 400 when that is no UUID, 404 when there is none. */
export function jobById({ world, id }: DemoRequest): DemoJob {
  const job = world.get(checked('jobId', id, uuid));
  if (!job) throw new HttpError(404, 'jobNotFound', `There is no job with the id ${id}.`);
  return job;
}

/** Asks the job to stop. Which status refuses that isn't documented. */
export function cancelJob({ world }: DemoRequest, job: DemoJob, message: string): void {
  if (isFinished(job)) {
    throw new HttpError(400, 'jobAlreadyFinished', `The job "${job.name}" has already finished.`);
  }
  if (!job.cancelable) {
    throw new HttpError(400, 'jobNotCancelable', `The job "${job.name}" can't be canceled.`);
  }
  world.cancel(job, message);
}
