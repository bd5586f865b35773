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
    /** Of the connection: once it is over nothing is sent, whoever still asks. */
    private readonly life?: AbortSignal,
  ) {}

  /** Resolves with a 2xx answer in JSON, or an empty one; rejects with a `CollibraError` or an abort. */
  async request(request: Request): Promise<Answer> {
    const { signal, release } = firstOf([request.signal, this.life]);
    try {
      signal.throwIfAborted();
      // Who gives up doesn't keep the latch from hearing what becomes of the secret.
      const answer = this.latch.run((proving) => this.signedIn({ ...request, signal }, proving));
      return await orAborted(answer, signal);
    } finally {
      release();
    }
  }

  /** Gets what a request would be signed in with, where that takes a request of its own. */
  async ready(): Promise<void> {
    if (this.authorizer.renew) await this.latch.run(async () => this.authorizer.authorization());
  }

  /** An error of this connection, for what only an adapter can see. */
  error(...args: Parameters<Transport['error']>): CollibraError {
    return this.transport.error(...args);
  }

  private async signedIn(request: Request, proving: boolean): Promise<Answer> {
    const { signal } = request;
    signal?.throwIfAborted();
    const authorization = await this.authorizer.authorization();
    signal?.throwIfAborted();
    try {
      // Cut off, it would have sent a secret without learning that it is wrong, and the next would send it again.
      return await this.transport.send(proving ? { ...request, signal: undefined } : request, authorization);
    } catch (error) {
      const refused = error instanceof CollibraError && error.kind === 'signInNeeded';
      if (!refused || !this.authorizer.renew) throw error;
      signal?.throwIfAborted();
      // Another request may have learnt meanwhile that the secret behind the token is refused.
      await this.latch.requireUsable();
      // A request that was refused did nothing: it may be sent again.
      const renewed = await this.authorizer.renew(authorization);
      signal?.throwIfAborted();
      return await this.transport.send(request, renewed);
    }
  }
}

/** A signal that follows the first of several, until it is released. */
function firstOf(signals: readonly (AbortSignal | undefined)[]) {
  const controller = new AbortController();
  const follow = (event: Event) => controller.abort((event.target as AbortSignal).reason);
  for (const each of signals) {
    if (each?.aborted) controller.abort(each.reason);
    each?.addEventListener('abort', follow);
  }
  const release = () => {
    for (const each of signals) each?.removeEventListener('abort', follow);
  };
  return { signal: controller.signal, release };
}

/** What is waited for belongs to others too: who gives up leaves it alone. */
async function orAborted<T>(wanted: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  return Promise.race([wanted, aborted]);
}
