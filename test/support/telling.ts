import FakeTimers from '@sinonjs/fake-timers';
import { Teller, type TellerOptions, type ToldSession } from '../../src/connections/teller';
import { Watched } from '../../src/connections/watched';
import { endings, type Ended, type Ending, type Telling } from '../../src/jobs/ending';
import type { Job } from '../../src/jobs/job';
import { Store } from '../../src/jobs/store';
import { FakeApi, failure, job, minute } from './jobs';

type Fields = Parameters<typeof job>[1];

export const running = (id: string, more: Fields = {}) => job(id, { state: 'running', ...more });
export const ended = (id: string, more: Fields = {}) => job(id, { state: 'completed', ended: 5, ...more });

/** The windows of a machine, which share what is stored and what is claimed, and an instance; time is held. */
export class TellingWorld {
  readonly time = FakeTimers.createClock(minute(60).getTime());
  readonly api = new FakeApi();
  readonly kept = new Map<string, unknown>();
  /** What was told, by any window, and whether there may be more. */
  readonly told: (readonly Ended[])[] = [];
  readonly cappeds: boolean[] = [];
  telling: Telling = 'watched';
  endings: readonly Ending[] = endings;
  /** Who signed in can't be asked now. */
  noMe = false;
  private readonly claimed = new Set<string>();
  claims: TellerOptions['claims'] = {
    claim: (what) => !this.claimed.has(what) && Boolean(this.claimed.add(what)),
  };

  /** A window with a connection. */
  openWindow(name = 'one') {
    const store = new Store({ kind: 'ready', since: 0 });
    const { kept, time, api } = this;
    const watched = new Watched({
      get: (id) => kept.get(id),
      set: (id, ids) => {
        if (ids) kept.set(id, ids);
        else kept.delete(id);
      },
    });
    const me = { id: 'me', name: 'Me' };
    const session = {
      id: name,
      off: false,
      markedName: 'Production',
      store,
      get state() {
        return store.state;
      },
      api: () => Promise.resolve(api),
      me: () => (this.noMe ? Promise.reject(failure('timeout')) : Promise.resolve(me)),
      shown: { concerns: ({ type }) => type !== 'HIDDEN' },
    } satisfies ToldSession;
    const teller = new Teller({
      clock: {
        now: () => time.now,
        setTimeout: (callback, milliseconds) => time.setTimeout(callback, milliseconds),
        clearTimeout: (handle) => time.clearTimeout(handle as number),
      },
      watched,
      claims: this.claims,
      telling: () => this.telling,
      endings: () => this.endings,
      tell: (some, capped) => {
        this.told.push(some);
        this.cappeds.push(capped);
      },
    });
    store.onDidChange((change) => teller.look(session, change));
    teller.follow([session]);
    /** What a refresh brings: active jobs, and those that ended. */
    const bring = (...jobs: Job[]) => {
      api.jobs = jobs;
      store.batch(() => {
        store.setActive(
          jobs.filter(({ endedOn }) => !endedOn),
          true,
        );
        store.upsert(jobs.filter(({ endedOn }) => endedOn));
      });
    };
    return { session, store, watched, teller, bring };
  }

  /** What was told: a text for each message. */
  names(): string[] {
    return this.told.map((each) => each.map(({ job: { id }, ending }) => `${id} ${ending}`).join(', '));
  }

  later(): Promise<unknown> {
    return this.time.tickAsync(5000);
  }
}
