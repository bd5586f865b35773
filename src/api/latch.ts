import { Emitter, type Disposable } from '../jobs/emitter';
import { isFailure, type Failure } from '../jobs/failure';

type Refusal = Error & Failure;

/** What other windows have to do with a secret. */
export interface OtherWindows {
  /** Runs the work while no other window runs any for the same account. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** The failure, once another window was refused with this secret. */
  refused(): Promise<Refusal> | undefined;
}

const none: OtherWindows = { alone: (work) => work(), refused: () => undefined };

/**
 * Keeps a wrong secret from being sent twice, because repeated it can lock an account.
 * Until the server has accepted the secret once, requests go one at a time; after a 401 none goes out any more:
 * a new secret comes with a new latch.
 */
export class Latch {
  private state: 'untried' | 'accepted' | { readonly rejected: Refusal } = 'untried';
  private queue: Promise<unknown> = Promise.resolve();
  private readonly rejections = new Emitter<Refusal>();

  constructor(private readonly others = none) {}

  /** Listeners have run before anybody else may send; one that comes too late is told at once. */
  onRejected(listener: (failure: Refusal) => void): Disposable {
    if (typeof this.state === 'object') listener(this.state.rejected);
    return this.rejections.event(listener);
  }

  /** Sends, or waits for its turn, or rejects without sending. What is `proving` has to be heard to its end. */
  run<T>(send: (proving: boolean) => Promise<T>): Promise<T> {
    if (this.state === 'accepted') return this.guarded(() => send(false));
    const turn = this.queue.then(() =>
      this.state === 'untried'
        ? this.others.alone(() => this.guarded(() => send(true)))
        : this.guarded(() => send(false)),
    );
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** Rejects once the secret was refused, in this window or another one. */
  async requireUsable(): Promise<void> {
    const elsewhere = await this.others.refused();
    const refused = typeof this.state === 'object' ? this.state.rejected : elsewhere;
    if (refused) throw this.reject(refused);
  }

  private async guarded<T>(send: () => Promise<T>): Promise<T> {
    await this.requireUsable();
    try {
      const answer = await send();
      // An answer that was under way when another request was refused proves nothing any more.
      if (this.state === 'untried') this.state = 'accepted';
      return answer;
    } catch (error) {
      if (isFailure(error) && error.kind === 'signInNeeded') this.reject(error);
      throw error;
    }
  }

  private reject(failure: Refusal): Refusal {
    const first = typeof this.state === 'string';
    this.state = { rejected: failure };
    if (first) this.rejections.fire(failure);
    return failure;
  }
}

/** The latches of this window. Connections that send the same secret to the same address share one. */
export class Latches {
  private readonly latches = new Map<string, Latch>();

  /** The latch of a secret; a fresh one when a person gave the secret anew. */
  of(secret: string, fresh: boolean, make: () => Latch): Latch {
    const known = fresh ? undefined : this.latches.get(secret);
    const latch = known ?? make();
    this.latches.set(secret, latch);
    return latch;
  }
}
