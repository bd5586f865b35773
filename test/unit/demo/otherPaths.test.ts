import assert from 'node:assert/strict';
import { isFinished, type DemoJob } from '../../../src/demo/demoJob';
import { assertError, disposeAll, ok, scene, type OffsetPage, type Scene } from './support';

const unknown = '00000000-0000-4000-8000-000000000000';

describe('demo: users', () => {
  afterEach(disposeAll);

  it('tells who is signed in, in both generations', async () => {
    for (const generation of ['core-2.0', 'jobs-v1'] as const) {
      const { demo, get } = await scene({ generations: [generation] });
      const current = ok(await get('/rest/2.0/users/current')) as Record<string, string>;
      assert.equal(current['id'], demo.userId);
      assert.deepEqual(Object.keys(current).sort(), [
        'emailAddress',
        'firstName',
        'id',
        'lastName',
        'userName',
      ]);
      assert.deepEqual(ok(await get(`/rest/2.0/users/${demo.userId}`)), current);
    }
  });

  it('knows the users that jobs name, but for one who has left', async () => {
    const { demo, get } = await scene();
    const ids = [...new Set(demo.jobs().flatMap((job) => [job.createdBy, job.userId]))];
    const statuses = await Promise.all(ids.map(async (id) => (await get(`/rest/2.0/users/${id}`)).status));
    assert.deepEqual(statuses.sort(), [200, 200, 200, 200, 200, 404]);
  });

  it('answers 404 to an unknown user and 400 to an id that is no UUID', async () => {
    const { get } = await scene();
    assertError(await get(`/rest/2.0/users/${unknown}`), 404);
    assertError(await get('/rest/2.0/users/currently'), 400);
  });
});

describe('demo: import results', () => {
  afterEach(disposeAll);

  interface Summary {
    resourceTypes: { resourceType: string; counters: Record<string, number>; subcategories: unknown[] }[];
    errorsCount: number;
    importJobState: string;
  }
  const path = (id: string, what: 'summary' | 'errors') => `/rest/2.0/import/results/${id}/${what}`;

  /** A finished import with that result; time goes on until there is one. */
  const importWith = ({ demo, clock }: Scene, result: string): DemoJob => {
    for (let turn = 0; turn < 2000; turn++, clock.time += 10_000) {
      const passes = (job: DemoJob) => job.type === 'IMPORT' && isFinished(job) && job.result === result;
      const job = demo.jobs().find(passes);
      if (job) return job;
    }
    return assert.fail(`no import ends with ${result}`);
  };

  it('summarizes an import that ended, in agreement with its result and its errors', async () => {
    const at = await scene();
    for (const [result, state] of [
      ['SUCCESS', 'COMPLETED'],
      ['COMPLETED_WITH_ERROR', 'COMPLETED_WITH_ERRORS'],
      ['FAILURE', 'FAILED'],
      ['ABORTED', 'ABORTED'],
    ] as const) {
      const { id } = importWith(at, result);
      const summary = ok(await at.get(path(id, 'summary'))) as Summary;
      assert.equal(summary.importJobState, state);
      const errors = ok(await at.get(path(id, 'errors'))) as OffsetPage;
      assert.equal(errors.total, summary.errorsCount);
      assert.equal(errors.results.length, summary.errorsCount);
      assert.equal(summary.errorsCount > 1, result === 'COMPLETED_WITH_ERROR');
      if (result === 'SUCCESS') assert.equal(summary.errorsCount, 0);
      for (const { counters } of summary.resourceTypes) {
        assert.deepEqual(Object.keys(counters).sort(), ['added', 'removed', 'updated']);
        assert.ok(Object.values(counters).every((count) => Number.isInteger(count) && count >= 0));
        if (result === 'SUCCESS') assert.ok((counters['added'] ?? 0) + (counters['updated'] ?? 0) > 0);
      }
    }
  });

  it('pages the errors by offset and limit', async () => {
    const at = await scene();
    const { id } = importWith(at, 'COMPLETED_WITH_ERROR');
    const all = ok(await at.get(path(id, 'errors'))) as OffsetPage;
    const page = ok(await at.get(`${path(id, 'errors')}?offset=1&limit=1`)) as OffsetPage;
    assert.deepEqual(page, { total: all.total, offset: 1, limit: 1, results: all.results.slice(1, 2) });
    assert.equal(page.results.length, 1);
    const [error] = page.results as unknown as Record<string, unknown>[];
    assert.equal(error?.['errorType'], 'VALIDATION');
    assert.equal(typeof error['errorMessage'], 'string');
    assert.deepEqual(Object.keys(error['command'] as object).sort(), ['identifier', 'indices']);
    for (const query of ['limit=1001', 'offset=-1', 'countLimit=x']) {
      assertError(await at.get(`${path(id, 'errors')}?${query}`), 400);
    }
  });

  it('has no errors of an import that was canceled before it met them', async () => {
    const at = await scene();
    const doomed = (job: DemoJob) => job.type === 'IMPORT' && job.state === 'RUNNING' && job.plan.errors > 0;
    while (!at.demo.jobs().some(doomed)) at.clock.time += 10_000;
    const id = at.demo.jobs().find(doomed)?.id ?? '';
    assert.equal((await at.send('POST', `/rest/2.0/jobs/${id}/canceled`)).status, 202);
    at.clock.time += 5_000;
    const summary = ok(await at.get(path(id, 'summary'))) as Summary;
    assert.deepEqual([summary.importJobState, summary.errorsCount], ['ABORTED', 0]);
    assert.equal((ok(await at.get(path(id, 'errors'))) as OffsetPage).total, 0);
  });

  it('answers 400 while the import runs, 404 for other jobs and unknown ones', async () => {
    const at = await scene();
    const active = (job: DemoJob) => job.type === 'IMPORT' && !isFinished(job);
    while (!at.demo.jobs().some(active)) at.clock.time += 10_000;
    const running = at.demo.jobs().find(active);
    const other = at.demo.jobs().find((job) => job.type !== 'IMPORT');
    for (const what of ['summary', 'errors'] as const) {
      assert.match(assertError(await at.get(path(running?.id ?? '', what)), 400), /has not finished/);
      assertError(await at.get(path(other?.id ?? '', what)), 404);
      assertError(await at.get(path(unknown, what)), 404);
      assertError(await at.get(path('x', what)), 400);
    }
  });
});
