import type { Event } from 'vscode';

/**
 * What `activate()` of the extension `collibra-jobs.collibra-jobs` hands to other extensions. It never hands out a
 * secret. This file stands alone: copy it to where you use it.
 */
export interface CollibraJobs {
  readonly version: 1;
  /** What the panel knows now: nothing until the connections are read, straight after the activation. */
  snapshot(): readonly ConnectionSnapshot[];
  /** Resolves when the panel is true again; rejects with a `CollibraError`. */
  refresh(connection?: string): Promise<void>;
  /** All jobs that match, read page by page as they are taken. */
  findJobs(query: JobQuery, options?: CallOptions): AsyncIterable<Job>;
  getJob(id: string, options?: CallOptions): Promise<Job>;
  /**
   * Resolves when the instance accepted the cancel, which is before the job stops. Rejects with kind `guarded` unless
   * the connection's `cancel` is `allowed`.
   */
  cancelJob(id: string, options?: CallOptions & { message?: string }): Promise<void>;
  /** Something in the snapshot changed. */
  readonly onDidChange: Event<void>;
}

export interface CallOptions {
  /** Id of a connection; needed when there is more than one. */
  readonly connection?: string;
  readonly signal?: AbortSignal;
}

/** What the methods reject with, unless `signal` was used; the message is a sentence for a person. */
export interface CollibraError extends Error {
  readonly kind: FailureKind;
}

export interface ConnectionSnapshot {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly generation?: Generation;
  readonly status: 'loading' | 'ready' | 'stale' | 'signInNeeded' | 'off';
  /** Of the last good answer, or of the status. */
  readonly since: Date;
  readonly error?: { readonly kind: string; readonly message: string };
  /** Whether the groups have only what a filter of the person lets through. */
  readonly filtered: boolean;
  readonly groups: readonly {
    readonly group: JobState;
    readonly total?: number;
    readonly exact: boolean;
    /** Every job of the group that is known, opened or not. */
    readonly jobs: readonly Job[];
  }[];
}

export type FailureKind =
  | 'unreachable'
  | 'timeout'
  | 'certificate'
  | 'clientCertificate'
  | 'proxy'
  | 'signInNeeded'
  | 'singleSignOn'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'rateLimited'
  | 'server'
  | 'notCollibra'
  | 'badAnswer'
  | 'unsupported'
  /** The connection is switched off; nothing was sent. */
  | 'off'
  /** The connection's own guard keeps jobs from being canceled; nothing was sent. */
  | 'guarded';

/** Core REST 2.0, or Job API v1. */
export type Generation = 'core-2.0' | 'jobs-v1';

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
  /** The server's own word for the state. */
  readonly rawState?: string;
  /** NOT_SET, SUCCESS, COMPLETED_WITH_ERROR, FAILURE, ABORTED, or a word that a newer server uses. */
  readonly result?: string;
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

/** `other` is a state that this version doesn't know; `Job.rawState` has its name. */
export type JobState = 'running' | 'waiting' | 'canceling' | 'failed' | 'canceled' | 'completed' | 'other';

/** What to look for, and in which order. What the instance's generation can't do rejects with kind `unsupported`. */
export interface JobQuery {
  readonly name?: string;
  /** How `name` is compared; ANYWHERE unless told. EXACT is case-sensitive, the others are not. */
  readonly nameMatchMode?: NameMatchMode;
  /** An empty list matches nothing. */
  readonly states?: readonly JobState[];
  /** An empty list matches nothing. */
  readonly results?: readonly string[];
  /** An empty list matches nothing. */
  readonly types?: readonly string[];
  /** UUID of a person; Core REST 2.0 `createdBy`, Job API v1 `user`. */
  readonly user?: string;
  readonly visible?: boolean;
  /** Newest first by creation unless told. */
  readonly sort?: JobSort;
}

export type NameMatchMode = 'START' | 'END' | 'ANYWHERE' | 'EXACT';

export interface JobSort {
  readonly field: SortField;
  readonly order: 'asc' | 'desc';
}

export type SortField =
  'name' | 'type' | 'createdOn' | 'createdBy' | 'startedOn' | 'endedOn' | 'state' | 'result';
