import FakeTimers from '@sinonjs/fake-timers';
import { Cancellation, type CancelRequest, type KeptCancels } from '../../src/jobs/cancellation';
import type { Job } from '../../src/jobs/job';
import type { CancelStage } from '../../src/jobs/state';
import { Store } from '../../src/jobs/store';
import { job } from './jobs';

export const second = 1000;
export const minute = 60 * second;

/** The cancels of a connection with one job, `j`, whose server and time a test holds. */
export class CancelLife {
  readonly time = FakeTimers.createClock(0);
  store = new Store({ kind: 'ready', since: 0 });
  life = new AbortController();
  cancels: Cancellation;
  /** What was sent and read, and when, in seconds. */
  asked: string[] = [];
  readonly told: string[] = [];
  /** What the window leaves to the next one, as JSON. */
  kept: string | undefined;
  /** The job on the server; undefined when it is gone. */
  served: Job | undefined = job('j', { name: 'Import' });
  /** What becomes of the next cancels that are sent, in this order; accepted when there is none. */
  answers: (Error | Promise<void>)[] = [];
  /** Why the next looks at the job before a cancel is sent fail. */
  looks: Error[] = [];
  /** Why the job can't be read now. */
  unreadable: Error | undefined;
  /** The stages that the store has shown. */
  readonly shown: string[] = [];

  constructor() {
    this.cancels = this.open();
    if (this.served) this.store.setActive([this.served], true);
  }

  stage(): CancelStage | undefined {
    return this.store.state.cancels.get('j');
  }

  sentence(): string {
    return this.store.state.cancels.get('j')?.sentence ?? '';
  }

  /** A person cancels the job. */
  ask(more: CancelRequest = {}, signal = this.life.signal) {
    return this.cancels.ask('j', { tell: true, ...more }, signal);
  }

  /** Time passes until what is asked meanwhile has been answered. */
  async pass(milliseconds: number): Promise<void> {
    await this.time.tickAsync(milliseconds);
  }

  /** The window is loaded again: what was in memory is gone. */
  reload(): void {
    this.life.abort();
    this.store.dispose();
    this.life = new AbortController();
    this.store = new Store({ kind: 'ready', since: 0 });
    this.cancels = this.open();
  }

  private open(): Cancellation {
    const { time, store, life } = this;
    store.onDidChange(() => {
      const now = this.stage()?.kind ?? 'none';
      if (this.shown.at(-1) !== now) this.shown.push(now);
    });
    const at = () => time.Date.now() / second;
    return new Cancellation({
      clock: {
        now: () => time.Date.now(),
        setTimeout: (callback, wait) => time.setTimeout(callback, wait),
        clearTimeout: (handle) => time.clearTimeout(handle as number),
      },
      store,
      instance: () => 'Acme',
      signal: life.signal,
      send: async (_id, request, signal, sending) => {
        const look = this.looks.shift();
        if (look) throw look;
        sending();
        this.asked.push(`cancel ${request.message ?? ''}@${at()}`);
        const answer = this.answers.shift();
        if (answer instanceof Error) throw answer;
        const given = new Promise<never>((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
        await Promise.race([answer, given]);
      },
      read: () => {
        this.asked.push(`read@${at()}`);
        if (this.unreadable) return Promise.reject(this.unreadable);
        if (this.served) store.upsert([this.served]);
        else store.remove('j');
        return Promise.resolve(this.served);
      },
      kept: {
        get: () => (this.kept === undefined ? undefined : (JSON.parse(this.kept) as KeptCancels)),
        set: (given) => (this.kept = given && JSON.stringify(given)),
      },
      tell: (sentence, refused) => this.told.push(`${refused ? 'error: ' : ''}${sentence}`),
    });
  }
}

/** The job when it has ended. */
export function ended(state: 'canceled' | 'completed' | 'failed', result?: string): Job {
  return job('j', { name: 'Import', state, ended: 9, result });
}

/** An answer that never comes. */
export function silence(): Promise<void> {
  return new Promise<void>(() => undefined);
}
