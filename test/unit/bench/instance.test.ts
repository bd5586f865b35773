import assert from 'node:assert/strict';
import { adapterOf } from '../../../src/api/generation';
import { everyJob } from '../../../src/jobs/everything';
import { jobStates, type JobState } from '../../../src/jobs/job';
import type { Generation, JobQuery } from '../../../src/jobs/query';
import { startInstance, type Instance } from '../../bench/instance';
import { jobOf } from '../../bench/server/fields';
import { Population } from '../../bench/server/population';
import { httpTo } from '../../support/connect';
import { startPrism } from '../../support/prism';
import { strictFront } from '../../support/strictFront';

const plan = { jobs: 2345, active: 57, newest: Date.UTC(2026, 0, 31) };
const population = new Population(plan);
/** Every job of the plan, the newest first, made one by one. */
const all = Array.from({ length: plan.jobs }, (_, at) => {
  const numbered = population.get(plan.jobs - 1 - at) ?? assert.fail();
  assert.equal(numbered.n, plan.jobs - 1 - at);
  return jobOf(numbered, plan);
});

describe("the bench's instance", function () {
  this.timeout(20_000);
  let instance: Instance;
  const connect = (generation: Generation, url = instance.url) =>
    adapterOf(generation, httpTo(url).http, httpTo(url).log);
  /** A state as a generation tells it. */
  const toldAs = (generation: Generation, state: JobState) =>
    generation === 'jobs-v1' && state === 'canceling' ? 'running' : state;

  before(async () => {
    instance = await startInstance(plan);
  });
  after(() => instance.stop());

  it('has as many active jobs as planned, and some of every state', () => {
    const count = (...states: JobState[]) => all.filter(({ state }) => states.includes(state)).length;
    assert.equal(count('waiting', 'running', 'canceling'), plan.active);
    for (const state of jobStates) assert.equal(count(state) > 0, state !== 'other', state);
    assert.equal(population.count(undefined), plan.jobs);
  });

  for (const generation of ['core-2.0', 'jobs-v1'] as const) {
    it(`answers every filter and order that the panel asks for, in ${generation}`, async () => {
      const api = connect(generation);
      const sets = [
        undefined,
        ['failed'],
        ['canceled'],
        ['completed'],
        ['running', 'waiting'],
        ['running', 'failed'],
      ] as const;
      const sorts: JobQuery['sort'][] = [
        undefined,
        { field: 'endedOn', order: 'desc' },
        { field: 'endedOn', order: 'asc' },
      ];
      for (const states of sets) {
        for (const sort of sorts) {
          const rows = all
            .map((job) => ({ ...job, state: toldAs(generation, job.state) }))
            .filter(({ state }) => states === undefined || (states as readonly JobState[]).includes(state));
          const expected = sort?.order === 'asc' ? rows.toReversed() : rows;
          let at = 0;
          for await (const job of everyJob(api, { states, sort })) {
            const { id, state, name, createdOn, startedOn, endedOn, message } = job;
            const picked = { id, state, name, createdOn, startedOn, endedOn, message };
            assert.deepEqual(picked, pick(expected[at++]));
          }
          assert.equal(at, expected.length);
        }
        if (!api.capabilities.totals) continue;
        const { total } = await api.find({ states }, { limit: 1, count: true });
        assert.equal(
          total,
          all.filter(({ state }) => (states as readonly JobState[] | undefined)?.includes(state) ?? true)
            .length,
        );
      }
      const [newest] = all;
      assert.equal((await api.get(newest?.id ?? '')).name, newest?.name);
      await assert.rejects(api.get('0'.repeat(36)), { kind: 'notFound' });
      await assert.rejects(api.find({ name: 'x' }, { limit: 1 }), { status: 400 });
    });

    it(`answers as the contract of ${generation} says, about 500 bytes for a job`, async () => {
      const [file, prefix] =
        generation === 'jobs-v1' ? ['jobs-v1', '/rest/jobs/v1'] : ['core-2.0-jobs', '/rest/2.0'];
      const prism = await startPrism(file, { upstream: instance.url + prefix });
      const front = await strictFront(file, prefix, prism.url, () => undefined);
      try {
        const api = connect(generation, front.url);
        const { jobs } = await api.find({}, { limit: 50 });
        assert.deepEqual(
          jobs.map(({ id }) => id),
          all.slice(0, 50).map(({ id }) => id),
        );
        assert.equal((await api.get(all[1000]?.id ?? '')).state, all[1000]?.state);
      } finally {
        await front.close();
        await prism.stop();
      }
      await instance.traffic();
      await connect(generation).find({}, { limit: 50 });
      const { requests, bytes, arrivals } = await instance.traffic();
      assert.deepEqual([requests, arrivals.length], [1, 1]);
      assert.ok(bytes > 50 * 450 && bytes < 50 * 550, String(bytes));
    });
  }
});

function pick(job: (typeof all)[number] | undefined) {
  const { id, state, name, createdOn, startedOn, endedOn, message } = job ?? {};
  return { id, state, name, createdOn, startedOn, endedOn, message };
}
