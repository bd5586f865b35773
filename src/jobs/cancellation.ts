import { ending, spoken } from './cancelText';
import type { Clock } from './clock';
import { isFailure, type FailureKind, messageOf } from './failure';
import { isActive, type Job } from './job';
import { isOpen, type CancelStage } from './state';
import type { Store } from './store';

/** What a person or a program asked for. */
export interface CancelRequest {
  /** Kept by Collibra with the job. */
  readonly message?: string;
  /** The person typed the instance's name. */
  readonly byName?: boolean;
  /** A person asked, and is told how it ends. */
  readonly tell?: boolean;
}

/** A cancel whose end isn't known, as it outlives the window. Plain JSON; instants are ms since the epoch. */
export interface KeptCancel {
  readonly stage: CancelStage;
  readonly asked: number;
  readonly resent: boolean;
  readonly request: CancelRequest;
}

/** By the id of the job. */
export type KeptCancels = Readonly<Record<string, KeptCancel>>;

export interface CancellationOptions {
  readonly clock: Clock;
  readonly store: Store;
  /** Name of the connection, for sentences. */
  instance(): string;
  /** Ends everything; what is kept stays kept. */
  readonly signal: AbortSignal;
  /** Resolves when the server accepted it; calls `sending` just before the request that cancels. */
  send(id: string, request: CancelRequest, signal: AbortSignal, sending: () => void): Promise<void>;
  /** Reads one job into the store; undefined when it is gone. */
  read(id: string): Promise<Job | undefined>;
  readonly kept: {
    get(): KeptCancels | undefined;
    set(cancels: KeptCancels | undefined): void;
  };
  /** The end of a cancel that a person asked for, as a sentence; `refused` when it was not done. */
  tell(sentence: string, refused: boolean): void;
}

interface Life extends KeptCancel {
  readonly id: string;
  /** The last that was known, for a job that is gone. */
  job?: Job;
  stage: CancelStage;
  request: CancelRequest;
  resent: boolean;
  /** Follow-ups since the request that they follow. */
  attempt: number;
  /** Of the next follow-up, and when that was planned. */
  timer?: unknown;
  planned: number;
  checking: boolean;
  /** Its follow-ups wait until the connection may send again. */
  resting: boolean;
  /** Set while somebody waits for what became of a request whose answer was lost. */
  checked?: () => void;
  error?: unknown;
}

/** What became of a request, with the reason where it wasn't accepted. */
type Sent = { readonly kind: 'accepted' } | { readonly kind: 'lost' | 'refused' | 'unsent'; error: unknown };

const second = 1000;
const minute = 60 * second;
/** Pauses between the follow-ups of the first minute, ms; later ones double from a minute to five. */
const pauses = [1, 2, 3, 5, 9, 15, 25].map((seconds) => seconds * second);
const longestPause = 5 * minute;
/** A cancel whose answer was lost is not sent again later than this: nobody waits for it any more. */
const resendWithin = 10 * minute;
/** These leave open whether the server did what it was asked. */
const inconclusive: readonly FailureKind[] = ['timeout', 'unreachable', 'server', 'badAnswer'];
/** With these it says no, even before the cancel itself was sent. */
const refusals: readonly FailureKind[] = ['conflict', 'forbidden'];

/**
 * The cancels of one connection, each followed to its true end.
 *
 * The follow-ups are sent whether the window is focused or not: somebody was promised them, each is one small request,
 * and they are few. They wait while the connection may not send, and go on once a refresh has succeeded.
 */
export class Cancellation {
  private readonly lives = new Map<string, Life>();

  constructor(private readonly options: CancellationOptions) {
    const { store, signal, kept } = options;
    if (signal.aborted) return;
    const changes = store.onDidChange(() => this.look());
    signal.addEventListener('abort', () => {
      changes.dispose();
      for (const life of this.lives.values()) {
        this.stop(life);
        life.checked?.();
      }
    });
    const restored = Object.entries(kept.get() ?? {}).map(([id, each]) => newLife(id, each));
    for (const life of restored) this.lives.set(life.id, life);
    for (const life of restored) {
      // An answer that hadn't come was lost with the window.
      this.become(life, life.stage.kind === 'asked' ? { kind: 'unanswered', open: true } : life.stage);
      this.follow(life);
    }
  }

  /**
   * Cancels a job. Resolves when the server accepted that, or with `finishedFirst`, or with undefined when a cancel of
   * the job is under way: a second one isn't sent. Rejects with a `CollibraError` or an abort.
   */
  async ask(
    id: string,
    request: CancelRequest,
    signal: AbortSignal,
  ): Promise<'accepted' | 'finishedFirst' | undefined> {
    const before = this.lives.get(id);
    if (before && isOpen(before.stage)) return undefined;
    const { clock, store } = this.options;
    const life = newLife(id, { stage: { kind: 'asked' }, asked: clock.now(), resent: false, request });
    life.job = store.job(id);
    this.lives.set(id, life);
    const sent = await this.send(life, signal);
    this.follow(life);
    if (sent.kind === 'accepted') return sent.kind;
    if (this.options.signal.aborted) throw sent.error;
    if (sent.kind === 'lost') return this.lost(life, signal);
    // Whoever asked is told by the rejection.
    life.request = { ...request, tell: false };
    if (sent.kind === 'refused' || (isFailure(sent.error) && refusals.includes(sent.error.kind))) {
      this.end(life, refused(sent.error));
      // Whatever refused it knows more of the job than the panel shows.
      void this.check(life);
    } else this.lives.delete(id);
    throw sent.error;
  }

  /** Waits for what the first follow-up finds out, unless a refresh has told the end. */
  private async lost(life: Life, signal: AbortSignal): Promise<'accepted' | 'finishedFirst'> {
    if (signal.aborted) {
      // Who gave up doesn't want it sent again.
      life.resent = true;
      this.keep();
      throw life.error;
    }
    if (isOpen(life.stage)) await new Promise<void>((resolve) => (life.checked = resolve));
    life.checked = undefined;
    const { kind } = life.stage;
    if (kind === 'asked' || kind === 'unanswered' || kind === 'refused') throw life.error;
    return kind === 'finishedFirst' ? kind : 'accepted';
  }

  private async send(life: Life, signal: AbortSignal): Promise<Sent> {
    const progress = { sending: false };
    try {
      await this.options.send(life.id, life.request, signal, () => {
        progress.sending = true;
        this.become(life, { kind: 'asked' });
      });
    } catch (error) {
      if (!progress.sending) return { kind: 'unsent', error };
      life.error = error;
      if (isFailure(error) && !inconclusive.includes(error.kind)) return { kind: 'refused', error };
      life.attempt = 0;
      this.become(life, { kind: 'unanswered', open: true });
      return { kind: 'lost', error };
    }
    // It is not sent again.
    life.request = { ...life.request, message: undefined };
    life.attempt = 0;
    this.become(life, { kind: 'accepted', since: this.options.clock.now() });
    return { kind: 'accepted' };
  }

  /** Asks after a while what became of the job: soon at first, then less and less often. */
  private follow(life: Life, atLeast = 0): void {
    if (!this.isAlive(life) || !isOpen(life.stage) || life.stage.kind === 'asked') return;
    if (life.timer !== undefined) return;
    const later = minute * 2 ** (life.attempt - pauses.length);
    const pause = pauses[life.attempt] ?? Math.min(longestPause, later);
    life.attempt++;
    life.planned = this.options.clock.now();
    life.resting = false;
    const due = () => {
      life.timer = undefined;
      void this.check(life);
    };
    life.timer = this.options.clock.setTimeout(due, Math.max(pause, atLeast));
  }

  private async check(life: Life): Promise<void> {
    let atLeast = 0;
    life.checking = true;
    try {
      const job = this.refreshed(life) ?? (await this.options.read(life.id));
      if (!this.isAlive(life)) return;
      this.take(life, job);
      if (life.stage.kind === 'unanswered' && life.stage.open) await this.sendAgain(life);
      this.sayHowLong(life);
    } catch (error) {
      const failure = isFailure(error) ? error : undefined;
      // Only the person can change these; a server that asks for quiet gets it.
      life.resting = failure?.kind === 'signInNeeded' || failure?.kind === 'off';
      if (failure?.kind === 'rateLimited') atLeast = failure.retryAfter ?? minute;
    } finally {
      life.checking = false;
      life.checked?.();
    }
    if (!life.resting) this.follow(life, atLeast);
  }

  /** The job as a refresh brought it since the follow-up was planned: many that are canceled cost few reads. */
  private refreshed({ id, stage, planned }: Life): Job | undefined {
    const { store } = this.options;
    const { status } = store.state;
    const fresh = 'since' in stage && status.kind === 'ready' && status.since > planned;
    return fresh ? store.job(id) : undefined;
  }

  /** The answer was lost, and the job goes on as if nobody had asked. */
  private async sendAgain(life: Life): Promise<void> {
    const { clock, signal } = this.options;
    const given = { kind: 'unanswered', open: false } as const;
    if (life.resent || clock.now() - life.asked > resendWithin) {
      this.become(life, given);
      return;
    }
    life.resent = true;
    const sent = await this.send(life, signal);
    if (!this.isAlive(life)) return;
    if (sent.kind === 'refused') this.end(life, refused(sent.error));
    if (sent.kind !== 'unsent') return;
    // Nothing was sent: the next read tells whether it still is to be, unless the guard says that it isn't.
    life.resent = false;
    if (!isFailure(sent.error) || sent.error.kind !== 'guarded') return;
    life.error = sent.error;
    this.become(life, given);
  }

  /** Takes what the store learned of the jobs by other ways. */
  private look(): void {
    const { store } = this.options;
    for (const life of [...this.lives.values()]) {
      // Those that are asked about have their answer soon.
      if (life.checking || life.stage.kind === 'asked') continue;
      const job = store.job(life.id);
      if (life.stage.kind === 'refused') {
        // Old news, once the job has ended.
        if (job && !isActive(job)) this.forget(life);
        continue;
      }
      if (job) this.take(life, job);
      if (!life.resting || store.state.status.kind === 'ready') this.follow(life);
    }
  }

  private take(life: Life, job: Job | undefined): void {
    const { clock, store } = this.options;
    const { stage } = life;
    if (job) life.job = job;
    if (job && isActive(job)) {
      const known = stage.kind === 'canceling' || stage.kind === 'stillRunning';
      if (job.state !== 'canceling' || known) return;
      this.become(life, { kind: 'canceling', since: 'since' in stage ? stage.since : clock.now() });
    } else if (job) {
      // A job that stopped because of a cancel may say so by its result alone.
      const canceled = job.state === 'canceled' || job.result === 'ABORTED';
      this.end(life, { kind: canceled ? 'canceled' : 'finishedFirst' });
    } else if (stage.kind === 'refused') this.forget(life);
    else {
      // Job API v1 cancels by deleting: what is gone was canceled.
      if (life.job) store.upsert([{ ...life.job, state: 'canceled', rawState: undefined }]);
      this.end(life, { kind: 'canceled' });
    }
  }

  private sayHowLong(life: Life): void {
    const { stage } = life;
    if (stage.kind !== 'accepted' && stage.kind !== 'canceling') return;
    if (this.options.clock.now() - stage.since >= minute)
      this.become(life, { kind: 'stillRunning', since: stage.since });
  }

  private end(life: Life, stage: CancelStage): void {
    const { options } = this;
    this.stop(life);
    if (stage.kind !== 'refused') this.lives.delete(life.id);
    this.become(life, stage);
    const sentence = ending(stage, life.job ?? { id: life.id }, options.instance());
    // While somebody waits, the rejection tells of a refusal.
    const told = stage.kind === 'refused' && life.checked !== undefined;
    if (life.request.tell && !told && sentence !== undefined)
      options.tell(sentence, stage.kind === 'refused');
    // There is no follow-up any more to wait for.
    life.checked?.();
  }

  private become(life: Life, stage: CancelStage): void {
    const { signal, store } = this.options;
    if (signal.aborted) return;
    life.stage = stage;
    this.keep();
    store.setCancel(life.id, spoken(stage));
  }

  private forget(life: Life): void {
    this.lives.delete(life.id);
    this.options.store.setCancel(life.id);
  }

  private keep(): void {
    const open = [...this.lives.values()].filter((life) => isOpen(life.stage));
    const kept = open.map(({ id, stage, asked, resent, request }): [string, KeptCancel] => [
      id,
      { stage, asked, resent, request },
    ]);
    this.options.kept.set(kept.length === 0 ? undefined : Object.fromEntries(kept));
  }

  private stop(life: Life): void {
    this.options.clock.clearTimeout(life.timer);
    life.timer = undefined;
  }

  private isAlive(life: Life): boolean {
    return !this.options.signal.aborted && this.lives.get(life.id) === life;
  }
}

function newLife(id: string, kept: KeptCancel): Life {
  return { ...kept, id, attempt: 0, planned: 0, checking: false, resting: false };
}

function refused(error: unknown): CancelStage {
  return { kind: 'refused', reason: messageOf(error) };
}
