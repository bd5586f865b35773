import type { Job } from '../jobs/job';
import type { ImportError, ImportSummary } from '../jobs/query';

/** What VS Code calls the pages, to bring them back after a reload of the window. */
export const viewType = 'collibraJobs.details';

/**
 * What the details page shows. It is replaced as a whole; the page patches only what differs.
 * VS Code sends it as JSON: the page turns the instants back into dates.
 */
export interface DetailsState {
  readonly connection: {
    readonly id: string;
    readonly name: string;
    readonly url: string;
    /** A short word and a colour that tell instances apart. */
    readonly label?: string;
    readonly color?: string;
  };
  readonly job: Job;
  /** The names that are known of the users in `job`, by UUID. */
  readonly users: Readonly<Record<string, string>>;
  /** Why what is shown may be old, as a sentence; undefined while it is true. */
  readonly problem?: string;
  /** Where a cancel that was asked for is in its life, as a sentence. */
  readonly cancelStatus?: string;
  readonly canCancel: boolean;
  /** A person is told when the job ends. */
  readonly watched: boolean;
  readonly canWatch: boolean;
  /** The connection's guard lets nobody cancel. */
  readonly cancelOff: boolean;
  /** The job is gone from the server: what is shown is what was known. */
  readonly gone: boolean;
  /** Server time minus this machine's time, ms; added to the local clock for elapsed times. */
  readonly clockOffset: number;
}

/** What the page keeps with `setState`, and what a panel serializer is given after a reload. */
export interface DetailsMemento {
  readonly connection: string;
  readonly job: string;
}

/** Earlier jobs, without their messages; the page finds those of the same kind among them. */
export interface PastState {
  readonly runs: readonly Job[];
  /** Why there are none, as a sentence. */
  readonly problem?: string;
}

/** What the job, an import, did; or why that isn't known. */
export type ImportState =
  | { readonly kind: 'loading' | 'noImport' | 'notFinished' }
  | { readonly kind: 'problem'; readonly problem: string }
  | {
      readonly kind: 'result';
      readonly summary: ImportSummary;
      /** Those that were read. */
      readonly errors: readonly ImportError[];
      readonly total?: number;
      readonly more: boolean;
      /** Why the next ones could not be read, as a sentence. */
      readonly problem?: string;
    };

/** From the extension to the page, each replaced as a whole. The language's bundle comes inside the HTML. */
export type ToPage =
  | { readonly kind: 'state'; readonly state: DetailsState }
  | { readonly kind: 'past'; readonly past: PastState }
  | { readonly kind: 'imports'; readonly imports: ImportState }
  /** Nothing is known of the job, for example when it was restored and can't be read: why, as a sentence. */
  | { readonly kind: 'unavailable'; readonly problem: string };

/** Commands of the extension that the page has buttons for. */
export const pageCommands = [
  'cancel',
  'watch',
  'unwatch',
  'copyId',
  'copyLink',
  'openInCollibra',
  'compare',
  'showJson',
  'exportErrors',
] as const;
export type PageCommand = (typeof pageCommands)[number];

/** From the page to the extension. */
export type FromPage =
  | { readonly kind: 'ready' | 'refresh' | 'moreErrors' }
  | { readonly kind: 'command'; readonly command: PageCommand }
  /** Opens the page of another job of the instance. */
  | { readonly kind: 'open'; readonly job: string };
