import type { Clock } from '../jobs/clock';
import { Emitter, type Disposable } from '../jobs/emitter';

/** What has a token that ends. */
interface Expiring {
  /** ms since the epoch by the server's clock; undefined where nothing says so. */
  readonly expires?: number;
  /** The server's clock. */
  now(): number;
}

const minute = 60_000;
/** From when on the end of a token is told. */
const told = 10 * minute;
/** Node's timers hold no more; a longer wait is cut into pieces. */
const longestTimer = 2 ** 31 - 1;

/** Minutes until the token of a connection expires, rounded up; undefined while that is far off, or over. */
export function minutesLeft(of: Expiring): number | undefined {
  const left = (of.expires ?? Infinity) - of.now();
  return left > 0 && left <= told ? Math.ceil(left / minute) : undefined;
}

/** Tells each time when `minutesLeft` of some connection changes. Nothing is asked for it. */
export class Expiry implements Disposable {
  private readonly changes = new Emitter<void>();
  readonly onDidChange = this.changes.event;
  private timer: unknown;

  constructor(
    private readonly sessions: () => readonly Expiring[],
    private readonly clock: Clock,
  ) {}

  /** Looks again at when the tokens expire: after a sign-in, for example. */
  arm(): void {
    this.clock.clearTimeout(this.timer);
    const wait = Math.min(...this.sessions().map((session) => untilChange(session)));
    if (wait === Infinity) return;
    this.timer = this.clock.setTimeout(
      () => {
        this.changes.fire();
        this.arm();
      },
      Math.min(wait, longestTimer),
    );
  }

  dispose(): void {
    this.clock.clearTimeout(this.timer);
    this.changes.dispose();
  }
}

function untilChange(of: Expiring): number {
  const left = (of.expires ?? Infinity) - of.now();
  if (left <= 0 || left === Infinity) return Infinity;
  if (left > told) return left - told;
  return left % minute || minute;
}
