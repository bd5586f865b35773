import FakeTimers from '@sinonjs/fake-timers';
import type { Clock } from '../../src/jobs/clock';
import { finishedStates, type JobState } from '../../src/jobs/job';
import { Poller } from '../../src/jobs/poller';
import type { Generation, JobsApi } from '../../src/jobs/query';
import { Store } from '../../src/jobs/store';
import { Watcher } from '../../src/jobs/watcher';
import { connect, type Instance, type Traffic } from './instance';

const second = 1000;
const hour = 3_600_000;
const intervals = { active: 5 * second, idle: 60 * second };

/** What a connected panel consists of, without VS Code: real requests, and a time that passes only when told. */
export class Panel {
  private readonly time = FakeTimers.createClock(Date.now());
  private readonly store = new Store({ kind: 'loading', since: this.time.Date.now() });
  private readonly watcher: Watcher;
  private readonly poller: Poller;
  /** Every refresh that was begun. */
  private readonly begun: Promise<unknown>[] = [];
  private readonly life = new AbortController();

  private constructor(
    private readonly instance: Instance,
    api: JobsApi,
  ) {
    const clock: Clock = {
      now: () => this.time.Date.now(),
      setTimeout: (callback, wait) => this.time.setTimeout(callback, wait),
      clearTimeout: (handle) => this.time.clearTimeout(handle as number),
    };
    this.watcher = new Watcher(api, this.store, clock, () => ({ pageSize: 50, budget: 1000 }));
    this.poller = new Poller({
      clock,
      intervals: () => intervals,
      refresh: (manual, signal) => {
        const done = this.watcher.refresh(manual, signal);
        this.begun.push(done);
        return done;
      },
      refreshed: () => this.store.setStatus({ kind: 'ready', since: clock.now() }),
      failed: () => undefined,
      random: () => 1,
    });
  }

  /** A panel whose generation is known, before anything was sent. */
  static async open(instance: Instance, generation: Generation): Promise<Panel> {
    const api = await connect(instance, generation);
    await instance.traffic();
    return new Panel(instance, api);
  }

  /** Looks at the panel for the first time. */
  async firstRows(): Promise<Traffic & { readonly requestsBefore: number }> {
    let shown: bigint | undefined;
    const rows = this.store.onDidChange(() => {
      if (this.count(['running', 'waiting', 'canceling']) > 0) shown ??= process.hrtime.bigint();
    });
    const traffic = await this.during(async () => {
      this.poller.attend({ focused: true, visible: true, active: true });
      await this.time.tickAsync(1);
    });
    rows.dispose();
    const before = traffic.arrivals.filter((arrival) => shown !== undefined && arrival <= shown);
    if (shown === undefined) throw new Error('No rows came.');
    return { ...traffic, requestsBefore: before.length };
  }

  /** Waits for the next refresh that comes by itself. */
  async automatic(): Promise<Traffic> {
    const before = this.begun.length;
    const traffic = await this.during(() => this.time.tickAsync(intervals.active));
    if (this.begun.length !== before + 1)
      throw new Error(`${this.begun.length - before} refreshes came where one was due.`);
    return traffic;
  }

  manual(): Promise<Traffic> {
    return this.during(() => this.poller.refresh());
  }

  /** Opens all finished groups, as a person does by a click each. */
  async openFinished(): Promise<void> {
    for (const state of finishedStates) await this.watcher.open(state, this.life.signal);
    await this.instance.traffic();
  }

  /** Works in another window for an hour, then comes back. */
  async unfocusedHour(): Promise<Traffic> {
    this.poller.attend({ focused: false });
    const away = await this.during(() => this.time.tickAsync(hour));
    const back = await this.during(async () => {
      this.poller.attend({ focused: true });
      await this.time.tickAsync(1);
    });
    if (back.requests === 0) throw new Error('Nothing was asked when the window had the focus again.');
    return away;
  }

  /** Jobs of these states that are known. */
  count(states: readonly JobState[]): number {
    return states.reduce((sum, state) => sum + this.store.state.groups[state].jobs.length, 0);
  }

  dispose(): void {
    this.life.abort();
    this.poller.dispose();
    this.store.dispose();
  }

  /** What was sent and received while the work was done and every refresh that it began. */
  private async during(work: () => Promise<unknown>): Promise<Traffic> {
    await work();
    await Promise.all(this.begun);
    return this.instance.traffic();
  }
}
