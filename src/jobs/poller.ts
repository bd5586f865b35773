import type { Clock } from './clock';
import { isAbort, isFailure, type Failure, messageOf } from './failure';

/** Milliseconds between the end of a refresh and the start of the next. */
export interface Intervals {
  /** While somebody looks and something is active. */
  readonly active: number;
  /** While only the status bar shows. */
  readonly idle: number;
}

/** What the cadence depends on. */
export interface Attention {
  /** The window is focused. */
  readonly focused: boolean;
  /** The jobs view or a details page is visible. */
  readonly visible: boolean;
  /** Some job is active. */
  readonly active: boolean;
}

export interface PollerOptions {
  readonly clock: Clock;
  intervals(): Intervals;
  /** One refresh; rejects with a `CollibraError`. */
  refresh(manual: boolean, signal: AbortSignal): Promise<void>;
  refreshed(): void;
  /** `nextTry` in ms since the epoch; undefined when nothing is sent until the person acts. */
  failed(failure: Failure, nextTry: number | undefined): void;
  /** 0 to 1, for the jitter. */
  random(): number;
}

const longestBackOff = 5 * 60_000;
/** A slow server gets a pause of this many times what the refresh took. */
const pausePerDuration = 4;

/** When to ask. One refresh at a time: a chained timeout can't overlap. */
export class Poller {
  private attention: Attention = { focused: false, visible: false, active: false };
  private timer: unknown;
  private flight?: { readonly manual: boolean; readonly done: Promise<void> };
  private queued?: Promise<void>;
  private failures = 0;
  private halted = false;
  /** The next refresh starts anew: what one under way still learns of the old sign-in doesn't count. */
  private anew = false;
  private readonly life = new AbortController();
  /** When the last refresh ended and how long until the next, ms; nothing before the first. */
  private last?: { readonly ended: number; readonly took: number; readonly backOff: number };

  constructor(private readonly options: PollerOptions) {}

  /** Takes what changed of the attention; a refresh that is due starts at once. */
  attend(attention: Partial<Attention>): void {
    this.attention = { ...this.attention, ...attention };
    this.schedule();
  }

  /** Asks now. Joins a manual refresh that is under way, and comes after an automatic one. */
  refresh(): Promise<void> {
    if (this.queued) return this.queued;
    if (!this.flight) return this.run(true);
    return this.flight.manual ? this.flight.done : this.afterFlight(this.flight.done);
  }

  /** Asks anew with what has changed, for example the secret: a refresh that is under way doesn't count. */
  restart(): Promise<void> {
    this.anew = true;
    if (this.queued) return this.queued;
    return this.flight ? this.afterFlight(this.flight.done) : this.run(true);
  }

  private afterFlight(flight: Promise<void>): Promise<void> {
    this.queued = flight
      .catch(() => undefined)
      .then(() => {
        this.queued = undefined;
        return this.run(true);
      });
    return this.queued;
  }

  /** Sends nothing by itself any more, because the sign-in needs the person. */
  halt(): void {
    this.halted = true;
    this.schedule();
  }

  dispose(): void {
    this.life.abort();
    this.schedule();
  }

  private run(manual: boolean): Promise<void> {
    this.options.clock.clearTimeout(this.timer);
    if (this.anew) this.halted = this.anew = false;
    const done = this.ask(manual).finally(() => {
      this.flight = undefined;
      this.schedule();
    });
    this.flight = { manual, done };
    return done;
  }

  private async ask(manual: boolean): Promise<void> {
    const { clock } = this.options;
    const started = clock.now();
    try {
      await this.options.refresh(manual, this.life.signal);
      this.failures = 0;
      this.last = { ended: clock.now(), took: clock.now() - started, backOff: 0 };
      this.options.refreshed();
    } catch (error) {
      if (this.life.signal.aborted || isAbort(error)) throw error;
      // Even a failure that nobody foresaw backs off, or it would be repeated without a pause.
      const failure = isFailure(error) ? error : unforeseen(error);
      this.failures++;
      this.halted ||= failure.kind === 'signInNeeded';
      this.last = { ended: clock.now(), took: clock.now() - started, backOff: this.backOff(failure) };
      const pause = this.pause();
      this.options.failed(failure, pause === undefined ? undefined : clock.now() + pause);
      throw error;
    }
  }

  /** Doubles with each failure, with jitter so that many windows don't come back as one. */
  private backOff(failure: Failure): number {
    const { active } = this.options.intervals();
    const doubled = Math.min(longestBackOff, active * 2 ** this.failures);
    const jittered = doubled * (0.75 + 0.25 * this.options.random());
    return Math.max(jittered, failure.retryAfter ?? 0);
  }

  /** Milliseconds from the end of the last refresh to the next; undefined when none comes by itself. */
  private pause(): number | undefined {
    if (!this.attention.focused || this.halted) return undefined;
    if (!this.last) return 0;
    const { active, idle } = this.options.intervals();
    const interval = this.attention.visible && this.attention.active ? active : idle;
    const base = this.failures > 0 ? this.last.backOff : interval;
    // No refresh takes as long as that: the machine slept meanwhile, or its clock was set.
    const took = this.last.took > longestBackOff ? 0 : this.last.took;
    return Math.max(base, Math.min(longestBackOff, took * pausePerDuration));
  }

  private schedule(): void {
    const { clock } = this.options;
    clock.clearTimeout(this.timer);
    if (this.life.signal.aborted || this.flight) return;
    const pause = this.pause();
    if (pause === undefined) return;
    const elapsed = this.last ? clock.now() - this.last.ended : 0;
    // A clock that was set back must not put the next refresh off.
    const wait = Math.min(pause, Math.max(0, pause - elapsed));
    this.timer = clock.setTimeout(() => {
      this.run(false).catch(() => undefined);
    }, wait);
  }
}

function unforeseen(error: unknown): Failure {
  return { kind: 'badAnswer', message: messageOf(error) };
}
