import type { Job, JobState } from './job';

/** What to look for, and in which order. What a generation lacks is said by its `Capabilities`. */
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

/** Where the next page starts. Only the adapter that made it can read it. */
export type PageToken = string & { readonly brand: unique symbol };

export interface PageRequest {
  /** Rows wanted; an adapter sends fewer when the generation allows fewer. */
  readonly limit: number;
  /** The `next` of the page before; the first page without. */
  readonly after?: PageToken;
  /** Whether to count all matches, where the generation can. Counting costs the server something. */
  readonly count?: boolean;
}

export interface Page {
  readonly jobs: readonly Job[];
  /** Undefined on the last page. */
  readonly next?: PageToken;
  /** Number of all matches; only when it was asked for and the generation counts. */
  readonly total?: number;
  /** The end of how far was looked for them, where a time bounds what is wanted; undefined when nothing is left. */
  readonly lookedBackTo?: Date;
  /** False when the list moved so far that rows may be missing between this page and the one before. */
  readonly contiguous: boolean;
  /** The server's clock when it answered, ms since the epoch; HTTP `Date`. */
  readonly serverTime?: number;
}

export type Generation = 'core-2.0' | 'jobs-v1';

/** What a generation of the API can do. */
export interface Capabilities {
  readonly generation: Generation;
  /** Whether a page can tell the number of all matches. */
  readonly totals: boolean;
  /** Rows in one page, at most. */
  readonly largestPage: number;
  readonly sortFields: readonly SortField[];
  /** States that can be asked for. */
  readonly states: readonly JobState[];
  /** Whether `JobQuery.visible` can be asked for. */
  readonly visible: boolean;
  /** What `JobQuery.user` is compared with. */
  readonly userField: 'createdBy' | 'user';
  /** Characters of a cancel message, at most; undefined where no bound is documented. */
  readonly cancelMessageLength?: number;
}

/**
 * The port to an instance's jobs. Every method rejects with a `CollibraError`, or with an abort when the
 * signal was used.
 */
export interface JobsApi {
  readonly capabilities: Capabilities;
  find(query: JobQuery, page: PageRequest, signal?: AbortSignal): Promise<Page>;
  get(id: string, signal?: AbortSignal): Promise<Job>;
  /**
   * Looks at the job, then asks to cancel it. Resolves when the server accepted that, which is before the job stops.
   * `sending` is called between the two: what fails before it has canceled nothing.
   */
  cancel(id: string, message?: string, signal?: AbortSignal, sending?: () => void): Promise<void>;
}

/** A person, or a program that acts as one. */
export interface User {
  readonly id: string;
  /** First and last name, or else the user name. */
  readonly name: string;
}

/** The port to an instance's users. What it doesn't tell is undefined; it never rejects. */
export interface Users {
  /** Asked once for each user. Never rejects. */
  user(id: string): Promise<User | undefined>;
  /** Who the sign-in acts as; undefined where the instance doesn't tell. Rejects while it can't be asked. */
  current(): Promise<User | undefined>;
}

/** What an import did to resources of one kind; undefined where the instance doesn't tell. */
export interface ImportCounts {
  readonly added?: number;
  readonly updated?: number;
  readonly removed?: number;
}

/** What an import did, by resource type ("Asset"), and within a type by category ("Description"). */
export interface ImportSummary {
  readonly kind: 'summary';
  /** COMPLETED, FAILED, COMPLETED_WITH_ERRORS, ABORTED, or a word that a newer server uses. */
  readonly state?: string;
  readonly errorsCount?: number;
  readonly types: readonly (ImportCounts & {
    readonly resourceType?: string;
    readonly categories: readonly (ImportCounts & { readonly id?: string; readonly name?: string })[];
  })[];
}

/** What an import refused. */
export interface ImportError {
  /** VALIDATION or RUNTIME, or a word that a newer server uses. */
  readonly type?: string;
  readonly resourceType?: string;
  readonly message?: string;
  /** The commands that it is about, by their places in the import, and by the name that the import gave them. */
  readonly indices: readonly number[];
  readonly identifier?: string;
}

export interface ImportErrors {
  readonly kind: 'errors';
  readonly errors: readonly ImportError[];
  /** Undefined on the last page. */
  readonly next?: PageToken;
  /** Number of all errors; only when it was asked for. */
  readonly total?: number;
}

/** The job is no import, or its result is gone; or it has not ended. Answers both, not failures. */
export interface NoImportResult {
  readonly kind: 'noImport' | 'notFinished';
}

/** The port to what imports did. Every method rejects with a `CollibraError`, or with an abort. */
export interface ImportResults {
  summary(jobId: string, signal?: AbortSignal): Promise<ImportSummary | NoImportResult>;
  errors(jobId: string, page: PageRequest, signal?: AbortSignal): Promise<ImportErrors | NoImportResult>;
}
