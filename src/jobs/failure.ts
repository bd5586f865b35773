/** What went wrong with a request, coarse enough to decide what happens next. */
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

/** A failed request as the domain sees it. `CollibraError` is the one implementation that is thrown. */
export interface Failure {
  readonly kind: FailureKind;
  /** The sentence for the person: what happened, where, what to do next. */
  readonly message: string;
  /** HTTP; undefined when there was no answer, or nothing was sent. */
  readonly status?: number;
  /** Milliseconds that the server asks to wait; HTTP `Retry-After`. */
  readonly retryAfter?: number;
}

export function isFailure(error: unknown): error is Error & Failure {
  return error instanceof Error && error.name === 'CollibraError';
}

/** What anything that was thrown says of itself. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether the error says that the caller gave up, which is no failure. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
