import type { Job } from '../jobs/job';

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

/** From the extension to the page. The language's bundle is not a message: it comes inside the HTML. */
export type ToPage =
  | { readonly kind: 'state'; readonly state: DetailsState }
  /** Nothing is known of the job, for example when it was restored and can't be read: why, as a sentence. */
  | { readonly kind: 'unavailable'; readonly problem: string };

/** From the page to the extension. */
export type FromPage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'refresh' }
  | { readonly kind: 'copyId' };
