import { CollibraError } from './errors';
import type { Latch } from './latch';
import type { Authorizer } from './authorizer';
import type { Answer, Request, Transport } from './transport';

/** Sends requests with the sign-in of a connection, as long as the latch lets them. */
export class Http {
  constructor(
    private readonly transport: Transport,
    private readonly authorizer: Authorizer,
    private readonly latch: Latch,
  ) {}

  /** Resolves with a 2xx answer in JSON, or an empty one; rejects with a `CollibraError` or an abort. */
  request(request: Request): Promise<Answer> {
    return this.latch.run(() => this.signedIn(request));
  }

  /** An error of this connection, for what only an adapter can see. */
  error(...args: Parameters<Transport['error']>): CollibraError {
    return this.transport.error(...args);
  }

  private async signedIn(request: Request): Promise<Answer> {
    const { signal } = request;
    signal?.throwIfAborted();
    const authorization = await orAborted(this.authorizer.authorization(), signal);
    try {
      return await this.transport.send(request, authorization);
    } catch (error) {
      const refused = error instanceof CollibraError && error.kind === 'signInNeeded';
      if (!refused || !this.authorizer.renew) throw error;
      // A request that was refused did nothing: it may be sent again.
      const renewed = await orAborted(this.authorizer.renew(authorization), signal);
      return await this.transport.send(request, renewed);
    }
  }
}

/** What is waited for belongs to other requests too: who gives up leaves it alone. */
async function orAborted<T>(wanted: T | Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return wanted;
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([wanted, aborted]);
  } finally {
    if (abort) signal.removeEventListener('abort', abort);
  }
}
