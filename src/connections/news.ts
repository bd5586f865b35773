import { failuresSince, type Failures } from '../jobs/counts';
import { Emitter } from '../jobs/emitter';
import type { Session } from './session';

/** How often it is noted that a person still looks, ms. */
const often = 60_000;

/** The jobs that failed since a person last looked at them: remembered, and shared by windows. */
export class News {
  private readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;
  /** Whether the person sees the jobs now. */
  looking = false;

  constructor(
    /** When that was, ms since the epoch by this machine's clock. What comes back is input. */
    private readonly memory: { get(): unknown; set(at: number): void },
    private readonly now: () => number = () => Date.now(),
  ) {
    // A person who starts has seen all that was before.
    if (this.looked === undefined) memory.set(now());
  }

  /** The person sees the jobs from now on, or no longer: what failed before is no news then. */
  look(looking: boolean): void {
    if (this.looking || looking) this.memory.set(this.now());
    this.looking = looking;
    this.changes.fire();
  }

  /** The jobs changed: who still sees them has seen that. */
  note(): void {
    if (this.looking && this.now() - (this.looked ?? 0) >= often) this.memory.set(this.now());
  }

  /** The person was shown what there is. */
  seen(): void {
    this.memory.set(this.now());
    this.changes.fire();
  }

  of({ off, state }: Pick<Session, 'off' | 'state'>): Failures {
    if (off || this.looking) return { jobs: [], more: false };
    return failuresSince(state, (this.looked ?? this.now()) + state.clockOffset);
  }

  private get looked(): number | undefined {
    const kept = this.memory.get();
    return typeof kept === 'number' && kept <= this.now() ? kept : undefined;
  }
}
