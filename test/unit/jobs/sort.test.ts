import assert from 'node:assert/strict';
import { adapterOf } from '../../../src/api/generation';
import { startDemo } from '../../../src/demo/demo';
import { everyJob } from '../../../src/jobs/everything';
import { below, parseSort } from '../../../src/jobs/sort';
import type { Job } from '../../../src/jobs/job';
import { httpTo } from '../../support/connect';
import { job } from '../../support/jobs';

describe('a sort', () => {
  for (const generation of ['core-2.0', 'jobs-v1'] as const)
    it(`puts rows where ${generation} has them, by every field that it offers`, async () => {
      const demo = await startDemo({ clock: { now: () => 1_790_000_000_000 }, generations: [generation] });
      const { http, log } = httpTo(demo.url, demo.token);
      const api = adapterOf(generation, http, log);
      for (const field of api.capabilities.sortFields)
        for (const order of ['asc', 'desc'] as const) {
          const jobs: Job[] = [];
          for await (const each of everyJob(api, { sort: { field, order } })) jobs.push(each);
          const isBelow = below({ field, order });
          // States are sorted by words that only the server knows.
          const wrong = jobs.slice(1).findIndex((each, at) => isBelow(jobs[at] ?? each, each));
          if (field === 'state') assert.ok(jobs.length > 0);
          else assert.equal(wrong, -1, `${field} ${order}: ${JSON.stringify(jobs.slice(wrong, wrong + 2))}`);
        }
      await demo.dispose();
    });

  it('counts what is empty as the largest, and puts the newer of two that are the same on top', () => {
    const [named, unnamed] = [job('a', { name: 'x' }), job('b', {})];
    assert.ok(below({ field: 'name', order: 'asc' })(unnamed, named));
    assert.ok(below({ field: 'name', order: 'desc' })(named, unnamed));
    const [older, newer] = [job('c', { name: 'x', created: 1 }), job('d', { name: 'x', created: 2 })];
    for (const order of ['asc', 'desc'] as const) {
      assert.ok(below({ field: 'name', order })(older, newer));
      assert.ok(!below({ field: 'name', order })(newer, older));
    }
  });

  it('comes back as it was stored, and not at all when it can not be understood', () => {
    assert.deepEqual(parseSort({ field: 'endedOn', order: 'asc', more: 1 }), {
      field: 'endedOn',
      order: 'asc',
    });
    const damaged = [undefined, null, 7, 'name', {}, { field: 'name' }, { field: 'toString', order: 'asc' }];
    for (const stored of damaged) assert.equal(parseSort(stored), undefined, JSON.stringify(stored));
  });
});
