import assert from 'node:assert/strict';
import { systemClock } from '../../../src/jobs/clock';
import type { Job } from '../../../src/jobs/job';
import { Store } from '../../../src/jobs/store';
import { Watcher } from '../../../src/jobs/watcher';
import { FakeApi, job } from '../../support/jobs';

describe('What a watcher keeps', () => {
  const never = new AbortController().signal;
  let api: FakeApi;
  let store: Store;
  let watcher: Watcher;
  let now: number;
  const refresh = async () => {
    await watcher.refresh(false, never);
    return api.taken();
  };
  const completed = (name: string, at: number): Job =>
    job(name, { state: 'completed', created: at, ended: at });

  beforeEach(() => {
    api = new FakeApi();
    api.jobs = Array.from({ length: 120 }, (_, n) => completed(`c${n}`, n / 100));
    store = new Store({ kind: 'loading', since: 0 });
    now = 1_000_000;
    const clock = { ...systemClock, now: () => now };
    watcher = new Watcher(api, store, clock, () => ({ pageSize: 50, budget: 1000 }));
  });

  it('lets go of the pages of a group that was closed for a while, and reads them again when asked', async () => {
    await refresh();
    await watcher.open('completed', never);
    await watcher.more('completed', never);
    store.setClosed('completed', now);
    now += 4 * 60_000;
    await refresh();
    assert.equal(store.state.groups.completed.jobs.length, 100);
    now += 2 * 60_000;
    await refresh();
    const { jobs, total, opened } = store.state.groups.completed;
    assert.deepEqual([jobs.length, total, opened], [50, 120, false]);
    assert.equal(store.job('c0'), undefined);
    api.taken();
    await watcher.open('completed', never);
    assert.deepEqual(api.taken(), ['find completed 50 count']);
  });

  it('keeps the pages of a group that was opened again in time', async () => {
    await watcher.open('completed', never);
    store.setClosed('completed', now);
    store.setClosed('completed', undefined);
    now += 60 * 60_000;
    await refresh();
    assert.equal(store.state.groups.completed.opened, true);
  });

  it('does not read a group again after a night that nobody looks at', async () => {
    await watcher.open('completed', never);
    store.setClosed('completed', now);
    api.taken();
    api.jobs = Array.from({ length: 300 }, (_, n) => completed(`n${n}`, 40 + n));
    const asked = await refresh();
    assert.deepEqual(
      asked.filter((line) => line.startsWith('find completed 50')),
      [],
    );
    assert.equal(store.state.groups.completed.total, 300);
  });

  it('keeps an opened group bounded while jobs end, and finds the rows below again', async () => {
    await refresh();
    await watcher.open('completed', never);
    for (let n = 0; n < 1000; n++) {
      api.jobs = [...api.jobs, completed(`n${n}`, 10 + n)];
      if (n % 10 === 0) await refresh();
      assert.ok(store.state.groups.completed.jobs.length <= 100);
    }
    await refresh();
    const before = store.state.groups.completed.jobs.length;
    await watcher.more('completed', never);
    const { jobs, total } = store.state.groups.completed;
    assert.equal(jobs.length, before + 50);
    assert.equal(total, 1120);
    assert.deepEqual(
      jobs.map(({ id }) => id),
      Array.from({ length: before + 50 }, (_, n) => `n${999 - n}`),
    );
  });
});
