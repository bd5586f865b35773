import { Emitter } from '../jobs/emitter';
import { CollibraError } from './errors';

/**
 * Keeps a wrong secret from being sent twice, because repeated it can lock an account.
 * Until the server has accepted the secret once, requests go one at a time; after a 401 none goes out any more:
 * a new secret comes with a new latch.
 */
export class Latch {
  private state: 'untried' | 'accepted' | { readonly rejected: CollibraError } = 'untried';
  private queue: Promise<unknown> = Promise.resolve();
  private readonly rejections = new Emitter<CollibraError>();
  readonly onRejected = this.rejections.event;

  /** Sends, or waits for its turn, or rejects without sending. */
  run<T>(send: () => Promise<T>): Promise<T> {
    if (this.state === 'accepted') return this.guarded(send);
    const turn = this.queue.then(() => this.guarded(send));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async guarded<T>(send: () => Promise<T>): Promise<T> {
    if (typeof this.state === 'object') throw this.state.rejected;
    try {
      const answer = await send();
      // An answer that was under way when another request was refused proves nothing any more.
      if (this.state === 'untried') this.state = 'accepted';
      return answer;
    } catch (error) {
      if (error instanceof CollibraError && error.kind === 'signInNeeded') {
        const first = typeof this.state === 'string';
        this.state = { rejected: error };
        if (first) this.rejections.fire(error);
      }
      throw error;
    }
  }
}
