/** A request that has passed the door: it is for this server and signed in. */
export interface DemoRequest {
  readonly params: URLSearchParams;
  /** Undefined when it has none. */
  readonly body: string | undefined;
  readonly contentType: string | undefined;
}

export interface Answer {
  readonly status: number;
  /** Sent as JSON; without it the answer is empty. */
  readonly body?: unknown;
}

/** One path of the demo; `captures` are the groups of its pattern. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: RegExp;
  readonly answer: (request: DemoRequest, ...captures: string[]) => Answer;
}

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
