import assert from 'node:assert/strict';
import { systemClock } from '../../../src/jobs/clock';
import type { Job, JobState } from '../../../src/jobs/job';
import { spoken } from '../../../src/jobs/cancelText';
import { Store } from '../../../src/jobs/store';
import { Watcher } from '../../../src/jobs/watcher';
import { failure, FakeApi, job, minute } from '../../support/jobs';

describe('Watcher', () => {
  const never = new AbortController().signal;
  let api: FakeApi;
  let store: Store;
  let watcher: Watcher;
  let now: number;
  const ids = (group: JobState) => store.state.groups[group].jobs.map(({ id }) => id).join(' ');
  const refresh = async (manual = false) => {
    await watcher.refresh(manual, never);
    return api.taken();
  };
  const create = (capable: ConstructorParameters<typeof FakeApi>[0] = {}, budget = 1000) => {
    api = new FakeApi(capable);
    store = new Store({ kind: 'loading', since: 0 });
    now = 1_000_000;
    watcher = new Watcher(api, store, { ...systemClock, now: () => now }, () => ({ pageSize: 50, budget }));
  };
  /** The list with one job replaced. */
  const with_ = (changed: Job) => (api.jobs = [...api.jobs.filter(({ id }) => id !== changed.id), changed]);

  beforeEach(() => {
    create();
    api.jobs = [
      job('r', { created: 9 }),
      job('w', { created: 8, state: 'waiting' }),
      ...Array.from({ length: 120 }, (_, n) =>
        job(`c${n}`, { state: 'completed', created: n / 100, ended: n / 100 }),
      ),
    ];
  });

  it('asks for the active jobs first, so that rows show after one request', async () => {
    const rows: string[] = [];
    store.onDidChange(() => rows.push(`${ids('running')} after ${api.asked.length}`));
    await refresh();
    assert.equal(rows[0], 'r after 1');
  });

  it('asks for totals when it starts, and then only two requests while nothing changes', async () => {
    assert.deepEqual(await refresh(), [
      'find running+waiting+canceling 1000',
      'find all 50',
      'find failed 1 count',
      'find canceled 1 count',
      'find completed 1 count',
    ]);
    assert.equal(store.state.groups.completed.total, 120);
    assert.deepEqual(await refresh(), ['find running+waiting+canceling 1000', 'find all 50']);
  });

  it('needs at most five requests for a manual refresh, and ten minutes later asks for totals by itself', async () => {
    await refresh();
    await watcher.open('completed', never);
    api.taken();
    assert.equal((await refresh(true)).length, 5);
    now += 9 * 60_000;
    assert.equal((await refresh()).length, 2);
    now += 2 * 60_000;
    assert.equal((await refresh()).length, 5);
  });

  it('knows the jobs that failed last after one request, whatever the newest page has', async () => {
    now = minute(60).getTime();
    api.jobs = [...api.jobs, job('f', { state: 'failed', created: 0, ended: 5 })];
    await refresh();
    assert.equal(ids('failed'), '');
    await watcher.readFailures(never);
    assert.deepEqual(api.taken().slice(-1), ['find failed 50']);
    assert.equal(ids('failed'), 'f');
    assert.deepEqual([store.state.groups.failed.total, store.state.groups.failed.opened], [1, false]);
  });

  it('asks for no totals where the generation has none', async () => {
    create({ totals: false });
    api.jobs = [job('r')];
    assert.equal((await refresh(true)).length, 2);
    assert.equal(store.state.groups.completed.total, undefined);
  });

  it('reads what became of a job that left every list', async () => {
    await refresh();
    api.jobs = [
      ...api.jobs.filter(({ id }) => id !== 'w'),
      ...Array.from({ length: 60 }, (_, n) =>
        job(`n${n}`, { state: 'completed', created: 20 + n, ended: 21 + n }),
      ),
      job('w', { created: 8, state: 'failed', ended: 90 }),
    ];
    assert.equal((await refresh())[2], 'get w');
    assert.equal(ids('failed'), 'w');
    assert.equal(store.state.groups.failed.total, 1);
  });

  it('forgets a job that left because it is gone', async () => {
    await refresh();
    api.jobs = api.jobs.filter(({ id }) => id !== 'r');
    await refresh();
    assert.equal(ids('running'), '');
  });

  it('takes a job that is gone after an accepted cancel for canceled, however often it is asked', async () => {
    await refresh();
    store.setCancel('r', spoken({ kind: 'accepted', since: 0 }));
    api.jobs = api.jobs.filter(({ id }) => id !== 'r');
    await refresh();
    assert.equal(ids('canceled'), 'r');
    assert.equal((await watcher.read('r', never))?.state, 'canceled');
    await refresh();
    assert.equal(ids('canceled'), 'r');
  });

  it('forgets a job that is gone after a cancel that was refused', async () => {
    await refresh();
    store.setCancel('r', spoken({ kind: 'refused', reason: 'No.' }));
    api.jobs = api.jobs.filter(({ id }) => id !== 'r');
    await refresh();
    assert.equal(ids('canceled'), '');
  });

  it('takes no job for gone, and none for read, that the server cannot tell about', async () => {
    await refresh();
    api.get = () => Promise.reject(failure('server'));
    for (let n = 0; n < 6; n++)
      for (const id of ['r', 'unknown']) await assert.rejects(watcher.read(id, never), { kind: 'server' });
    assert.equal(ids('running'), 'r');
  });

  it('keeps the row of a job that the server cannot tell about, and gives up on it in the end', async () => {
    await refresh();
    const [, ...others] = api.jobs;
    api.jobs = others;
    api.get = () => Promise.reject(failure('server'));
    await refresh();
    assert.equal(ids('running'), 'r');
    for (let n = 0; n < 4; n++) await refresh();
    assert.equal(ids('running'), '');
  });

  it('catches a job that came and went between two refreshes, and counts it', async () => {
    await refresh();
    api.jobs = [...api.jobs, job('quick', { state: 'failed', created: 5000, ended: 5001 })];
    await refresh();
    assert.equal(ids('failed'), 'quick');
  });

  it('asks again for a job of an unknown state until it has an end', async () => {
    api.jobs = [job('odd', { state: 'other', rawState: 'PAUSED', created: 50 }), ...api.jobs];
    await refresh();
    assert.equal(ids('other'), 'odd');
    api.jobs = [
      ...Array.from({ length: 60 }, (_, n) =>
        job(`n${n}`, { state: 'completed', created: 60 + n, ended: 61 + n }),
      ),
      job('odd', { state: 'completed', created: 50, ended: 200 }),
    ];
    assert.ok((await refresh()).includes('get odd'));
    assert.equal(ids('other'), '');
  });

  it('catches up with a night of 5,000 jobs in a handful of requests', async () => {
    await refresh();
    await watcher.open('completed', never);
    api.taken();
    with_(job('r', { state: 'completed', created: 9, ended: 30 }));
    with_(job('w', { state: 'failed', created: 8, ended: 31 }));
    api.jobs = [
      ...api.jobs,
      ...Array.from({ length: 5000 }, (_, n) =>
        job(`n${n}`, { state: 'completed', created: 40 + n, ended: 41 + n }),
      ),
    ];
    now += 8 * 3_600_000;
    const asked = await refresh();
    assert.ok(asked.length <= 8, asked.join());
    assert.equal(store.state.groups.completed.jobs[0]?.id, 'n4999');
    assert.equal(ids('running'), '');
  });

  it('reads an opened group again after a night, also when that failed the first time', async () => {
    await watcher.open('completed', never);
    api.jobs = Array.from({ length: 300 }, (_, n) =>
      job(`n${n}`, { state: 'completed', created: 40 + n, ended: 41 + n }),
    );
    const find = api.find.bind(api);
    api.find = (query, request) =>
      query.states?.[0] === 'completed' ? Promise.reject(failure('timeout')) : find(query, request);
    await assert.rejects(watcher.refresh(false, never));
    api.find = find;
    await refresh();
    assert.deepEqual(
      store.state.groups.completed.jobs.map(({ id }) => id),
      Array.from({ length: 50 }, (_, n) => `n${299 - n}`),
    );
  });

  it('loses none of many jobs that ended while others came and went', async () => {
    api.jobs = Array.from({ length: 20 }, (_, n) => job(`r${n}`, { created: n }));
    await refresh();
    await watcher.open('completed', never);
    api.jobs = [
      ...api.jobs.map((each) => ({
        ...job(each.id, { state: 'completed', ended: 100 }),
        createdOn: each.createdOn,
      })),
      ...Array.from({ length: 49 }, (_, n) =>
        job(`n${n}`, { state: 'completed', created: 101 + n, ended: 102 + n }),
      ),
    ];
    await refresh();
    const { jobs, total } = store.state.groups.completed;
    assert.equal(total, 69);
    assert.deepEqual(
      Array.from({ length: 49 }, (_, n) => `n${48 - n}`),
      jobs.slice(0, 49).map(({ id }) => id),
    );
  });

  it('does not follow a server that repeats its page for ever', async () => {
    create({ largestPage: 50 }, 1000);
    api.jobs = Array.from({ length: 80 }, (_, n) => job(`a${n}`, { created: n }));
    const find = api.find.bind(api);
    api.find = async (query, request) => ({
      ...(await find(query, { ...request, after: undefined })),
      contiguous: true,
    });
    await refresh();
    assert.equal(store.state.groups.running.jobs.length, 50);
    assert.equal(store.state.groups.running.total, undefined);
  });

  it('reads a pinned job before all others when many left', async () => {
    create({}, 50);
    api.jobs = Array.from({ length: 60 }, (_, n) => job(`a${n}`, { created: n }));
    store.pin('a3');
    await refresh();
    assert.equal(store.job('a3')?.state, 'running');
    const gone = new Set(Array.from({ length: 15 }, (_, n) => `a${45 + n}`));
    api.jobs = api.jobs.filter(({ id }) => !gone.has(id));
    await refresh();
    assert.equal(store.job('a3')?.state, 'running');
  });

  it('does not read a thousand jobs one by one when all of them left', async () => {
    api.jobs = Array.from({ length: 1000 }, (_, n) => job(`a${n}`, { created: n }));
    await refresh();
    api.jobs = api.jobs.map(({ id, createdOn }) => ({
      ...job(id, { state: 'completed', ended: 2000 }),
      createdOn,
    }));
    const asked = await refresh();
    assert.ok(asked.length <= 15, String(asked.length));
    assert.equal(ids('running'), '');
  });

  it('follows active jobs up to the budget and does not pretend to know the rest', async () => {
    create({}, 100);
    api.jobs = Array.from({ length: 500 }, (_, n) => job(`a${n}`, { created: n }));
    await refresh();
    assert.equal(store.state.groups.running.jobs.length, 100);
    assert.equal(store.state.groups.running.total, undefined);
    assert.deepEqual(
      (await refresh()).filter((line) => line.startsWith('get')),
      [],
    );
  });

  it('reads pages of a finished group, the last to end first, until there are no more', async () => {
    await refresh();
    await watcher.open('completed', never);
    await watcher.more('completed', never);
    assert.equal(store.state.groups.completed.jobs.length, 100);
    await watcher.more('completed', never);
    assert.equal(store.state.groups.completed.jobs.length, 120);
    assert.equal(store.state.groups.completed.next, undefined);
    assert.equal(new Set(store.state.groups.completed.jobs).size, 120);
  });

  it('reads the group again when its next page no longer meets the rows', async () => {
    await watcher.open('completed', never);
    const find = api.find.bind(api);
    api.find = async (query, request) => ({
      ...(await find(query, request)),
      contiguous: request.after === undefined,
    });
    await watcher.more('completed', never);
    const { jobs } = store.state.groups.completed;
    assert.equal(jobs.length, 100);
    assert.deepEqual(
      jobs.map(({ id }) => id),
      Array.from({ length: 100 }, (_, n) => `c${119 - n}`),
    );
  });

  it('keeps a pinned job up to date that no list shows', async () => {
    store.pin('c3');
    with_(job('c3', { state: 'other', created: -5 }));
    await refresh();
    assert.equal(store.job('c3')?.state, 'other');
    with_(job('c3', { state: 'completed', created: -5, ended: 7 }));
    await refresh();
    assert.equal(store.job('c3')?.state, 'completed');
    assert.deepEqual(
      (await refresh()).filter((line) => line === 'get c3'),
      [],
    );
  });

  it('drops an answer that comes after it was given up', async () => {
    const controller = new AbortController();
    const find = api.find.bind(api);
    api.find = (query, request) => {
      controller.abort();
      return find(query, request);
    };
    await assert.rejects(watcher.refresh(false, controller.signal), { name: 'AbortError' });
    assert.equal(ids('running'), '');
  });
});
