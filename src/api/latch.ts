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

/** How long an answer proves that the secret is the right one, ms. */
const proven = 4000;

/**
 * Keeps a wrong secret from being sent twice, because repeated it can lock an account.
 * Until the server has accepted the secret, and again when that was some seconds ago, requests go one at a time, also
 * among windows; after a 401 none goes out any more: a new secret comes with a new latch.
 */
export class Latch {
  /** When the server accepted the secret last, ms; or its refusal. */
  private state: { readonly accepted: number } | { readonly rejected: Refusal } = { accepted: -Infinity };
  private queue: Promise<unknown> = Promise.resolve();
  private readonly rejections = new Emitter<Refusal>();

  constructor(
    private readonly others = none,
    /** ms; only differences count. */
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The server refused the secret: nothing goes out any more. */
  get isRejected(): boolean {
    return 'rejected' in this.state;
  }

  /** Listeners have run before anybody else may send; one that comes too late is told at once. */
  onRejected(listener: (failure: Refusal) => void): Disposable {
    if ('rejected' in this.state) listener(this.state.rejected);
    return this.rejections.event(listener);
  }

  /** Sends, or waits for its turn, or rejects without sending. What is `proving` has to be heard to its end. */
  run<T>(send: (proving: boolean) => Promise<T>): Promise<T> {
    if (this.isProven()) return this.guarded(() => send(false));
    const turn = this.queue.then(() =>
      this.isProven()
        ? this.guarded(() => send(false))
        : this.others.alone(() => this.guarded(() => send(true))),
    );
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** Rejects once the secret was refused, in this window or another one. */
  async requireUsable(): Promise<void> {
    const elsewhere = await this.others.refused();
    const refused = 'rejected' in this.state ? this.state.rejected : elsewhere;
    if (refused) throw this.reject(refused);
  }

  private isProven(): boolean {
    return 'accepted' in this.state && this.now() - this.state.accepted < proven;
  }

  private async guarded<T>(send: () => Promise<T>): Promise<T> {
    await this.requireUsable();
    try {
      const answer = await send();
      // An answer that was under way when another request was refused proves nothing any more.
      if ('accepted' in this.state) this.state = { accepted: this.now() };
      return answer;
    } catch (error) {
      if (isFailure(error) && error.kind === 'signInNeeded') this.reject(error);
      throw error;
    }
  }

  private reject(failure: Refusal): Refusal {
    const first = 'accepted' in this.state;
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
