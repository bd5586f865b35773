import assert from 'node:assert/strict';
import { adapterOf } from '../../../src/api/generation';
import { startDemo, type Demo } from '../../../src/demo/demo';
import { everyJob } from '../../../src/jobs/everything';
import { matches, orderOf, type Filter } from '../../../src/jobs/filter';
import { FilteredJobs, type Look } from '../../../src/jobs/filtered';
import { finishedStates, type Job } from '../../../src/jobs/job';
import type { JobQuery, JobsApi, PageToken } from '../../../src/jobs/query';
import { httpTo } from '../../support/connect';
import { FakeApi, job, page } from '../../support/jobs';

const now = 1_790_000_000_000;
const hour = 3_600_000;
const ids = (jobs: readonly Job[]) => jobs.map(({ id }) => id).toSorted();

for (const generation of ['core-2.0', 'jobs-v1'] as const)
  describe(`jobs behind a filter, over ${generation}`, () => {
    let demo: Demo;
    let api: JobsApi;
    before(async () => {
      demo = await startDemo({ clock: { now: () => now }, generations: [generation] });
      const { http, log } = httpTo(demo.url, demo.token);
      const adapter = adapterOf(generation, http, log);
      // Pages that are small enough for the demo's jobs to be many.
      const capabilities = { ...adapter.capabilities, largestPage: 50 };
      api = Object.assign(Object.create(adapter) as JobsApi, { capabilities });
    });
    after(() => demo.dispose());

    const all = async (port: JobsApi, query: JobQuery = {}) => {
      const jobs: Job[] = [];
      for await (const job of everyJob(port, query)) jobs.push(job);
      return jobs;
    };
    const behind = (filter: Filter, looking?: (look: Look | undefined) => void) =>
      new FilteredJobs(api, { filter: () => filter, now: () => now, looking });

    it('are those that match, whatever of it the server understands', async () => {
      const everything = await all(api);
      const filters: Filter[] = [
        { name: 'synchronization' },
        { name: 'Export', nameMatchMode: 'START', types: ['EXPORT', 'IMPORT'] },
        { states: ['failed', 'running'] },
        { results: ['COMPLETED_WITH_ERROR', 'FAILURE'] },
        { user: demo.userId },
        { ended: { from: now - 2 * hour } },
        { started: { from: now - 3 * hour, to: now - hour } },
        { states: ['failed'], ended: { within: 'day' } },
      ];
      for (const filter of filters) {
        const found = ids(await all(behind(filter), { sort: orderOf(filter, undefined) }));
        const { userField } = api.capabilities;
        const expected = ids(everything.filter((job) => matches(job, filter, now, userField)));
        assert.deepEqual(found, expected, JSON.stringify(filter));
        assert.ok(expected.length < everything.length);
      }
    });

    it('end at the first that is too old, where they are sorted by that time', async () => {
      const filter: Filter = { ended: { from: now - 2 * hour } };
      const port = behind(filter);
      const query: JobQuery = { states: finishedStates, sort: { field: 'endedOn', order: 'desc' } };
      const whole = await all(port, query);
      assert.deepEqual(ids(whole), ids((await all(api)).filter((job) => matches(job, filter, now))));
      let page = await port.find(query, { limit: 10 });
      let pages = 1;
      for (; page.next !== undefined; pages++) page = await port.find(query, { limit: 10, after: page.next });
      assert.ok(whole.length > 0 && pages <= Math.ceil(whole.length / 10) + 1, `${pages} pages`);
    });

    it('are counted by time where that takes one page, and not by who knows nothing of the time', async () => {
      const query: JobQuery = { states: ['completed'], sort: { field: 'endedOn', order: 'desc' } };
      const count = async (filter: Filter, asked = query) =>
        (await behind(filter).find(asked, { limit: 1, count: true })).total;
      const completed = (await all(api)).filter(({ state }) => state === 'completed');
      const ends = completed.map(({ endedOn }) => endedOn?.getTime() ?? 0).toSorted((x, y) => y - x);
      const recent: Filter = { ended: { from: ends[20] } };
      const expected = completed.filter((job) => matches(job, recent, now)).length;
      assert.ok(expected > 20 && expected < 50 && completed.length > 50);
      assert.equal(await count(recent), expected);
      assert.equal(await count({ ended: { from: 0 } }), undefined);
      assert.equal(await count(recent, {}), undefined);
    });

    it('are looked for page by page where later ones come first, which says how far it is and can be ended', async () => {
      const query: JobQuery = { states: finishedStates, sort: { field: 'endedOn', order: 'desc' } };
      const sorted = await all(api, query);
      const wanted = sorted.slice(110, 115);
      const [first, last] = [wanted[0]?.endedOn?.getTime(), wanted.at(-1)?.endedOn?.getTime()];
      const filter: Filter = { ended: { from: last, to: first } };
      const looks: (Look | undefined)[] = [];
      const page = await behind(filter, (look) => looks.push(look)).find(query, { limit: 50 });
      for (const { id } of wanted) assert.ok(page.jobs.some((job) => job.id === id));
      assert.equal(page.next, undefined);
      assert.equal(looks[0]?.jobs, 50);
      assert.equal(looks[0].backTo?.getTime(), sorted[49]?.endedOn?.getTime());
      assert.equal(looks.at(-1), undefined);
      const stopped = await behind({ ended: { to: 0 } }, (look) => look?.stop()).find(query, { limit: 50 });
      assert.deepEqual(stopped.jobs, []);
      assert.equal(stopped.lookedBackTo?.getTime(), sorted[99]?.endedOn?.getTime());
      assert.ok(stopped.next !== undefined);
    });

    it('are not looked for among those that ended before they can have started', async () => {
      const query: JobQuery = { states: finishedStates, sort: { field: 'endedOn', order: 'desc' } };
      const looks: (Look | undefined)[] = [];
      const filter: Filter = { started: { from: now - hour }, ended: { to: now - 2 * hour } };
      const { jobs, next } = await behind(filter, (look) => looks.push(look)).find(query, { limit: 10 });
      assert.deepEqual([jobs, next], [[], undefined]);
      assert.ok((looks.at(-2)?.backTo?.getTime() ?? now) >= now - hour);
    });

    it('send nothing for states that the filter leaves out', async () => {
      const { jobs, next } = await behind({ states: ['failed'] }).find(
        { states: ['running'] },
        { limit: 10 },
      );
      assert.deepEqual([jobs, next], [[], undefined]);
    });
  });

describe('the newest jobs behind a filter', () => {
  it('are those that ended last, where only such are wanted: an old one may have ended just now', async () => {
    const api = new FakeApi();
    api.jobs = [
      ...Array.from({ length: 60 }, (_, n) =>
        job(`j${n}`, { state: 'failed', created: 100 + n, ended: 200 }),
      ),
      job('old', { state: 'failed', created: 1, ended: 300 }),
    ];
    const newest = async (filter: Filter) => {
      const { jobs } = await new FilteredJobs(api, { filter: () => filter, now: () => now }).find(
        {},
        { limit: 50 },
      );
      return jobs[0]?.id;
    };
    assert.equal(await newest({ states: ['failed'] }), 'old');
    assert.equal(await newest({ ended: { from: 0 } }), 'old');
    assert.notEqual(await newest({ states: ['failed', 'running'] }), 'old');
    // Where a database puts those without an end on top, they would be all that is seen.
    api.find = ({ sort }) =>
      Promise.resolve(page(sort ? [job('endless', { state: 'failed' })] : [job('new', { state: 'failed' })]));
    assert.equal(await newest({ states: ['failed'] }), 'new');
  });
});

describe('a list behind a time', () => {
  it('is read on below a page on which only the end of the one before is left, and not for ever', async () => {
    const api = new FakeApi();
    const [after, next] = ['a', 'b'] as PageToken[];
    const pages = [page([], { next }), page([job('a', { state: 'failed', ended: 1 })])];
    api.find = () => Promise.resolve(pages.shift() ?? page([], { next }));
    const port = new FilteredJobs(api, { filter: () => ({ ended: { from: 0 } }), now: () => now });
    const read = () => port.find({ sort: { field: 'endedOn', order: 'desc' } }, { limit: 10, after });
    assert.deepEqual(ids((await read()).jobs), ['a']);
    assert.equal((await read()).next, undefined);
  });
});

describe('cursors that lead in a circle', () => {
  it('are followed once', async () => {
    const api = new FakeApi();
    let asked = 0;
    api.find = (_query, { after }) => {
      const id = after === 'b' ? 'a' : 'b';
      if (++asked > 9) throw new Error('asked too often');
      return Promise.resolve(page([job(id, { state: 'failed', ended: 1 })], { next: id as PageToken }));
    };
    const port = new FilteredJobs(api, { filter: () => ({ ended: { to: 0 } }), now: () => now });
    const found = await port.find({ sort: { field: 'endedOn', order: 'desc' } }, { limit: 10 });
    assert.deepEqual([found.jobs, found.next], [[], undefined]);
  });
});

describe('a time behind a filter', () => {
  it('is measured by the clock of the server that answers, from the first answer on', async () => {
    const api = new FakeApi();
    const ended = job('a', { state: 'failed', ended: 600 });
    const serverTime = (ended.endedOn?.getTime() ?? 0) + 60_000;
    api.find = () => Promise.resolve(page([ended], { serverTime }));
    const options = { filter: () => ({ ended: { within: 'hour' } }) as const };
    const count = async (port: JobsApi, sort?: JobQuery['sort']) =>
      (await port.find({ sort }, { limit: 10 })).jobs.length;
    for (const sort of [undefined, { field: 'endedOn', order: 'desc' } as const]) {
      const ahead = (at?: number) => at ?? serverTime + 5 * hour;
      assert.equal(await count(new FilteredJobs(api, { ...options, now: ahead }), sort), 1);
      assert.equal(await count(new FilteredJobs(api, { ...options, now: () => ahead() }), sort), 0);
    }
  });
});
