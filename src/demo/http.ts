import type { World } from './world';

/** A request that has passed the door: it is for this server and signed in. */
export interface DemoRequest {
  readonly params: URLSearchParams;
  /** What stands in the path where its route says `:id`; empty where none does. */
  readonly id: string;
  /** Undefined when it has none. */
  readonly body: string | undefined;
  readonly contentType: string | undefined;
  /** As far as the clock is. */
  readonly world: World;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON; without it the answer is empty. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What answers where, for example at `GET /rest/2.0/jobs/:id`. */
export type Routes = Readonly<Record<string, (request: DemoRequest) => Answer>>;

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** An answer that isn't the one hoped for; becomes Collibra's error body. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly errorCode: string,
    /** The sentence for the person; Core REST 2.0 `userMessage`. */
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export const badRequest = (message: string) => new HttpError(400, 'invalidParameter', message);
