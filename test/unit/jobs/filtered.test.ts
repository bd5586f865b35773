import assert from 'node:assert/strict';
import { adapterOf } from '../../../src/api/generation';
import { startDemo, type Demo } from '../../../src/demo/demo';
import { everyJob, type Sieve } from '../../../src/jobs/everything';
import { matches, type Filter } from '../../../src/jobs/filter';
import { FilteredJobs, scanOf } from '../../../src/jobs/filtered';
import { finishedStates, type Job } from '../../../src/jobs/job';
import type { JobQuery, JobsApi } from '../../../src/jobs/query';
import { httpTo } from '../../support/connect';

const now = 1_790_000_000_000;
const hour = 3_600_000;

for (const generation of ['core-2.0', 'jobs-v1'] as const)
  describe(`jobs behind a filter, over ${generation}`, () => {
    let demo: Demo;
    let api: JobsApi;
    before(async () => {
      demo = await startDemo({ clock: { now: () => now }, generations: [generation] });
      const { http, log } = httpTo(demo.url, demo.token);
      api = adapterOf(generation, http, log);
    });
    after(() => demo.dispose());

    const all = async (port: JobsApi, query: JobQuery = {}, sieve?: Sieve) => {
      const jobs: Job[] = [];
      for await (const job of everyJob(port, query, undefined, sieve)) jobs.push(job);
      return jobs;
    };
    const behind = (filter: Filter) =>
      new FilteredJobs(
        api,
        () => filter,
        () => now,
      );
    const ids = (jobs: readonly Job[]) => jobs.map(({ id }) => id).toSorted();

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
        const { query, sieve } = scanOf(filter, now);
        const found = ids(await all(api, query, sieve));
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

    it('have no total that knows nothing of the time', async () => {
      const { total } = await behind({ ended: { within: 'day' } }).find({}, { limit: 1, count: true });
      assert.equal(total, undefined);
    });

    it('send nothing for states that the filter leaves out', async () => {
      const { jobs, next } = await behind({ states: ['failed'] }).find(
        { states: ['running'] },
        { limit: 10 },
      );
      assert.deepEqual([jobs, next], [[], undefined]);
    });
  });
