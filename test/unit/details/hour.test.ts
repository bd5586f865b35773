import assert from 'node:assert/strict';
import FakeTimers from '@sinonjs/fake-timers';
import { DetailsModel, type DetailsSession } from '../../../src/details/model';
import type { ToPage } from '../../../src/details/protocol';
import type { Clock } from '../../../src/jobs/clock';
import { EarlierRuns } from '../../../src/jobs/earlier';
import { isActive } from '../../../src/jobs/job';
import { Poller } from '../../../src/jobs/poller';
import { Store } from '../../../src/jobs/store';
import { Watcher } from '../../../src/jobs/watcher';
import { FakeApi, job } from '../../support/jobs';

const minuteLong = 60_000;
const [active, idle] = [5000, minuteLong];

describe('a details page that is open for an hour', () => {
  let time: ReturnType<typeof FakeTimers.createClock>;
  let api: FakeApi;
  let poller: Poller;
  let model: DetailsModel;
  let refreshes: number;
  const posted: ToPage[] = [];

  /** What the page's session is made of, over a server in memory. */
  beforeEach(() => {
    posted.length = refreshes = 0;
    time = FakeTimers.createClock(0);
    api = new FakeApi();
    const clock: Clock = {
      now: () => time.Date.now(),
      setTimeout: (callback, milliseconds) => time.setTimeout(callback, milliseconds),
      clearTimeout: (handle) => time.clearTimeout(handle as number),
    };
    const store = new Store({ kind: 'loading', since: 0 });
    const watcher = new Watcher(api, store, clock, () => ({ pageSize: 50, budget: 1000 }));
    const earlier = new EarlierRuns(api, clock);
    poller = new Poller({
      clock,
      intervals: () => ({ active, idle }),
      refresh: (manual, signal) => {
        refreshes++;
        return watcher.refresh(manual, signal);
      },
      refreshed: () => {
        store.setStatus({ kind: 'ready', since: clock.now() });
        poller.attend({ active: store.state.groups.running.jobs.length > 0 });
      },
      failed: (reason) => assert.fail(reason.message),
      random: () => 1,
    });
    const session: Partial<DetailsSession> = {
      id: 'c1',
      profile: { id: 'c1', name: 'Acme', url: 'https://acme.test', auth: 'bearer' },
      store,
      get state() {
        return store.state;
      },
      read: (id) => watcher.read(id, new AbortController().signal),
      names: () => Promise.resolve({}),
      earlier: (each) => earlier.of(each),
      importResults: () => assert.fail('the job is no import'),
      watches: () => false,
      refusal: (each) => (each && isActive(each) ? undefined : 'It has ended.'),
    };
    // More jobs came after it than the page of the newest has: its end is found by reading it.
    const newer = Array.from({ length: 60 }, (_, n) =>
      job(`n${n}`, { state: 'failed', created: 2, ended: 3 }),
    );
    api.jobs = [job('j', { name: 'Nightly', type: 'WORKFLOW' }), ...newer];
    model = new DetailsModel(session as DetailsSession, 'j', (message) => posted.push(message));
  });
  afterEach(() => {
    model.dispose();
    poller.dispose();
  });

  const pass = (minutes: number) => time.tickAsync(minutes * minuteLong);
  /** How often each thing was asked since the last call. */
  const counted = () => {
    const asked = api.taken();
    const of = (pattern: RegExp) => asked.filter((each) => pattern.test(each)).length;
    const counts = {
      refreshes,
      active: of(/^find running\+waiting\+canceling 1000$/),
      newest: of(/^find all 50$/),
      totals: of(/^find \w+ 1 count$/),
      past: of(/^find failed\+canceled\+completed 50$/),
      job: of(/^get j$/),
    };
    refreshes = 0;
    const { active, newest, totals, past, job } = counts;
    assert.equal(active + newest + totals + past + job, asked.length, asked.join());
    return counts;
  };
  const end = () => {
    api.jobs = api.jobs.map((each) =>
      each.id === 'j' ? job('j', { ...each, created: 1, state: 'completed', ended: 30 }) : each,
    );
  };
  const statesPosted = () => posted.splice(0).filter(({ kind }) => kind === 'state').length;

  it('asks at the active pace while the job runs, at the idle one once it has ended, and no more', async () => {
    await model.open();
    poller.attend({ focused: true, visible: true });
    await pass(30);
    // At 0 and after each five seconds: two lists; at 0, 10, 20 and 30 minutes the totals of three groups.
    const running = (30 * minuteLong) / active + 1;
    const lists = (count: number) => ({ refreshes: count, active: count, newest: count });
    assert.deepEqual(counted(), { ...lists(running), totals: 12, past: 1, job: 1 });
    assert.ok(statesPosted() < 10, 'nothing changed that would be worth a message');
    end();
    await pass(30);
    // The refresh that misses the job reads it once, which also ends the active pace.
    assert.deepEqual(counted(), { ...lists(30), totals: 6, past: 0, job: 1 });
    assert.equal(statesPosted(), 1);
  });

  it('reads a job that is in no list once for each refresh', async () => {
    api.jobs = [job('j', { state: 'other' }), ...api.jobs.slice(1)];
    await model.open();
    poller.attend({ focused: true, visible: true });
    await pass(60);
    const { refreshes: count, job: reads } = counted();
    assert.deepEqual([count, reads], [61, 62]);
  });

  it('asks at the idle pace while it is not visible, and nothing while nobody looks at the window', async () => {
    await model.open();
    poller.attend({ focused: true, visible: true });
    await pass(0);
    counted();
    poller.attend({ visible: false });
    await pass(60);
    assert.deepEqual(counted(), { refreshes: 60, active: 60, newest: 60, totals: 18, past: 0, job: 0 });
    poller.attend({ focused: false, visible: true });
    await pass(60);
    assert.deepEqual(api.taken(), []);
  });

  it('asks nothing any more once it is closed: the job is no longer read', async () => {
    api.jobs = [job('j', { state: 'other' }), ...api.jobs.slice(1)];
    await model.open();
    poller.attend({ focused: true, visible: true });
    await pass(1);
    api.jobs = api.jobs.slice(1);
    await pass(1);
    assert.ok(counted().job > 1);
    model.dispose();
    posted.length = 0;
    await pass(60);
    const { job: reads, past } = counted();
    assert.deepEqual([reads, past, posted], [0, 0, []]);
  });

  it('asks no more when it is shown again and again', async () => {
    for (let time = 0; time < 10; time++) {
      await model.open();
      await pass(1);
    }
    assert.deepEqual(counted(), { refreshes: 0, active: 0, newest: 0, totals: 0, past: 1, job: 10 });
  });
});
