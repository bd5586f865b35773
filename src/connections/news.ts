import { failuresSince } from '../jobs/counts';
import { Emitter } from '../jobs/emitter';
import type { Job } from '../jobs/job';
import type { Session } from './session';

/** The jobs that failed since a person last looked at them. */
export class News {
  private readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;
  /** When that was, ms since the epoch by this machine's clock. */
  private looked = Date.now();
  private looking = false;

  /** Whether the person sees the jobs now: what failed before is no news then. */
  look(looking: boolean): void {
    if (this.looking || looking) this.looked = Date.now();
    this.looking = looking;
    this.changes.fire();
  }

  /** The person was shown what there is. */
  seen(): void {
    this.looked = Date.now();
    this.changes.fire();
  }

  of({ off, state }: Pick<Session, 'off' | 'state'>): readonly Job[] {
    return off || this.looking ? [] : failuresSince(state, this.looked + state.clockOffset);
  }
}
