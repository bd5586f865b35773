/**
 * A background job of a Collibra instance, the same for both generations of the API.
 * Instants are `Date` (UTC inside, local when shown). What the server leaves out, or sends in a form that
 * isn't understood, is undefined: it is never guessed.
 */
export interface Job {
  readonly id: string;
  readonly name?: string;
  readonly type?: string;
  readonly state: JobState;
  /** The server's own word for the state, for example ERROR or DELETED. */
  readonly rawState?: string;
  /** One of `knownResults`, or a word that a newer server uses. */
  readonly result?: JobResult;
  readonly message?: string;
  /** Percent, 0 to 100. It need not be 100 on a completed job. */
  readonly progress?: number;
  readonly createdOn?: Date;
  readonly createdBy?: string;
  readonly lastModifiedOn?: Date;
  readonly lastModifiedBy?: string;
  readonly startedOn?: Date;
  readonly endedOn?: Date;
  /** UUID of the user the job runs for; Core REST 2.0 `userId`, Job API v1 `user`. */
  readonly user?: string;
  /** False: it can't be canceled once submitted. Undefined where the generation doesn't tell. */
  readonly cancelable?: boolean;
  readonly visibility?: number;
  readonly system?: boolean;
  readonly selfManaged?: boolean;
}

export const jobStates = [
  'running',
  'waiting',
  'canceling',
  'failed',
  'canceled',
  'completed',
  'other',
] as const;

/** `other` is a state that this version doesn't know; `Job.rawState` has its name. */
export type JobState = (typeof jobStates)[number];

export const knownResults = ['NOT_SET', 'SUCCESS', 'COMPLETED_WITH_ERROR', 'FAILURE', 'ABORTED'] as const;

export type JobResult = string;

/** States in which a job has not ended; `other` is decided by `isActive`. */
export const activeStates = ['running', 'waiting', 'canceling'] as const satisfies readonly JobState[];

/** States in which a job has ended. */
export const finishedStates = ['failed', 'canceled', 'completed'] as const satisfies readonly JobState[];

export type ActiveState = (typeof activeStates)[number];
export type FinishedState = (typeof finishedStates)[number];

/** Whether the job can still change. A state that nobody knows counts as active until it has an end date. */
export function isActive(job: Pick<Job, 'state' | 'endedOn'>): boolean {
  if (job.state === 'other') return job.endedOn === undefined;
  return (activeStates as readonly JobState[]).includes(job.state);
}

/** Whether a cancel makes sense: active, not already canceling, and not marked as not cancelable. */
export function isCancelable(job: Job): boolean {
  return isActive(job) && job.state !== 'canceling' && job.cancelable !== false;
}

/** Whether the instance may have the result of an import for it. */
export function isImport({ type }: Pick<Job, 'type'>): boolean {
  return type?.toUpperCase() === 'IMPORT';
}

/** A completed job whose result is anything but SUCCESS, for example COMPLETED_WITH_ERROR or ABORTED. */
export function isCompletedWithProblem(job: Pick<Job, 'state' | 'result'>): boolean {
  return job.state === 'completed' && job.result !== undefined && job.result !== 'SUCCESS';
}

/**
 * Milliseconds that the job ran: to its end, or to `now` while it is active.
 * Undefined when it hasn't started, or ended at a time that isn't known.
 */
export function duration(job: Job, now: number): number | undefined {
  if (!job.startedOn) return undefined;
  const end = job.endedOn?.getTime() ?? (isActive(job) ? now : undefined);
  return end === undefined ? undefined : Math.max(0, end - job.startedOn.getTime());
}
