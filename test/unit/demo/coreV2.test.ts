import assert from 'node:assert/strict';
import type { DemoJob } from '../../../src/demo/demoJob';
import {
  assertError,
  assertShape,
  disposeAll,
  ok,
  scene,
  type OffsetPage,
  type Row,
  type Scene,
} from './support';

const shape = {
  id: 'uuid',
  createdBy: 'uuid',
  createdOn: 'integer',
  lastModifiedBy: 'uuid',
  lastModifiedOn: 'integer',
  system: 'boolean',
  resourceType: ['Job'],
  name: 'string',
  type: 'string',
  userId: 'uuid',
  visibility: 'integer',
  progressPercentage: 'number',
  cancelable: 'boolean',
  startDate: 'integer',
  endDate: 'integer',
  state: ['WAITING', 'RUNNING', 'CANCELING', 'COMPLETED', 'CANCELED', 'ERROR'],
  result: ['NOT_SET', 'SUCCESS', 'COMPLETED_WITH_ERROR', 'FAILURE', 'ABORTED'],
  message: 'string',
} as const;

const jobs = '/rest/2.0/jobs';

async function find({ get }: Scene, query: string): Promise<OffsetPage> {
  return ok(await get(`${jobs}?${query}`)) as OffsetPage;
}

/** That the query finds exactly the jobs that pass, and that this tells something: some, but not all. */
async function assertFinds(at: Scene, query: string, passes: (job: DemoJob) => boolean): Promise<void> {
  const all = at.demo.jobs();
  const expected = all.filter(passes).map(({ id }) => id);
  assert.ok(expected.length > 0 && expected.length < all.length, `${query} tells nothing`);
  const page = await find(at, `limit=1000&${query}`);
  assert.deepEqual(page.results.map(({ id }) => id).sort(), expected.sort(), query);
  assert.equal(page.total, expected.length, query);
}

describe('demo: find jobs, Core REST 2.0', () => {
  let at: Scene;
  before(async () => (at = await scene()));
  after(disposeAll);

  it('answers rows with the fields of the contract and no other', async () => {
    const { results, total } = await find(at, 'limit=1000');
    assert.equal(results.length, total);
    for (const row of results) assertShape(row, shape, ['id', 'resourceType']);
    const fields = new Set(results.flatMap((row) => Object.keys(row)));
    assert.deepEqual([...fields].sort(), Object.keys(shape).sort());
  });

  it('filters by state, several of them, and by result', async () => {
    await assertFinds(at, 'states=RUNNING', (job) => job.state === 'RUNNING');
    await assertFinds(at, 'states=RUNNING&states=WAITING', (job) =>
      ['RUNNING', 'WAITING'].includes(job.state),
    );
    await assertFinds(
      at,
      'states=ERROR&states=CANCELED&states=COMPLETED',
      (job) => job.endDate !== undefined,
    );
    await assertFinds(at, 'results=ABORTED&results=COMPLETED_WITH_ERROR', (job) =>
      ['ABORTED', 'COMPLETED_WITH_ERROR'].includes(job.result),
    );
  });

  it('filters by types, as exact words', async () => {
    await assertFinds(at, 'types=IMPORT&types=REINDEX', (job) => ['IMPORT', 'REINDEX'].includes(job.type));
    assert.equal((await find(at, 'types=import')).total, 0);
    assert.equal((await find(at, 'types=NONE')).total, 0);
  });

  it('filters by who created it, which is not always whom it runs for', async () => {
    const id = at.demo.userId;
    await assertFinds(at, `createdBy=${id}`, (job) => job.createdBy === id);
    assert.ok(at.demo.jobs().some((job) => job.userId === id && job.createdBy !== id));
    assert.equal(
      (await find(at, `createdBy=${id.toUpperCase()}`)).total,
      (await find(at, `createdBy=${id}`)).total,
    );
  });

  it('filters by visibility, and ignores maxVisibility', async () => {
    await assertFinds(at, 'visible=true', (job) => job.visibility === 0);
    await assertFinds(at, 'visible=false', (job) => job.visibility !== 0);
    assert.equal((await find(at, 'maxVisibility=0')).total, at.demo.jobs().length);
  });

  it('compares names without case, but EXACT with it', async () => {
    const lower = (job: DemoJob) => job.name.toLowerCase();
    await assertFinds(at, 'name=SOURCE', (job) => lower(job).includes('source'));
    await assertFinds(at, 'name=SOURCE&nameMatchMode=ANYWHERE', (job) => lower(job).includes('source'));
    await assertFinds(at, 'name=removal&nameMatchMode=START', (job) => lower(job).startsWith('removal'));
    await assertFinds(at, 'name=PROD&nameMatchMode=END', (job) => lower(job).endsWith('prod'));
    await assertFinds(
      at,
      'name=Removal+of+communities&nameMatchMode=EXACT',
      (job) => job.name === 'Removal of communities',
    );
    assert.equal((await find(at, 'name=removal+of+communities&nameMatchMode=EXACT')).total, 0);
    assert.equal((await find(at, 'name=of&nameMatchMode=START')).total, 0);
    assert.equal((await find(at, 'name=snowflake&nameMatchMode=END')).total, 0);
  });

  it('lets all filters hold together', async () => {
    await assertFinds(
      at,
      'states=COMPLETED&types=IMPORT&results=SUCCESS&name=csv&visible=true',
      (job) =>
        job.state === 'COMPLETED' &&
        job.type === 'IMPORT' &&
        job.result === 'SUCCESS' &&
        /csv/i.test(job.name),
    );
  });

  it('sorts the newest first unless told', async () => {
    const { results } = await find(at, 'limit=1000');
    const created = results.map((row) => row['createdOn'] as number);
    assert.deepEqual(
      created,
      [...created].sort((a, b) => b - a),
    );
  });

  const fields = {
    NAME: 'name',
    TYPE: 'type',
    CREATED_ON: 'createdOn',
    CREATED_BY: 'createdBy',
    START_DATE: 'startDate',
    END_DATE: 'endDate',
    STATE: 'state',
    RESULT: 'result',
  };
  for (const [sortField, field] of Object.entries(fields)) {
    it(`sorts by ${sortField} in both directions, the newest first among equals, with an empty value as the largest`, async () => {
      const up = (await find(at, `limit=1000&sortField=${sortField}&sortOrder=ASC`)).results;
      const down = (await find(at, `limit=1000&sortField=${sortField}&sortOrder=DESC`)).results;
      assert.deepEqual(down, (await find(at, `limit=1000&sortField=${sortField}`)).results);
      assert.equal(new Set(up.map(({ id }) => id)).size, at.demo.jobs().length);
      assertSorted(up, field, 1);
      assertSorted(down, field, -1);
    });
  }

  it('cuts pages by offset and limit that meet without a gap, and echoes both', async () => {
    const all = (await find(at, 'limit=1000')).results;
    const pages = [];
    for (let offset = 0; offset < all.length; offset += 90) {
      const page = await find(at, `offset=${offset}&limit=90`);
      assert.deepEqual([page.offset, page.limit, page.total], [offset, 90, all.length]);
      pages.push(...page.results);
    }
    assert.deepEqual(pages, all);
    assert.deepEqual((await find(at, 'offset=100000')).results, []);
  });

  it('takes limit 0 and no limit for its default', async () => {
    const { limit, results } = await find(at, 'limit=0');
    assert.equal(results.length, limit);
    assert.deepEqual(results, (await find(at, '')).results);
  });

  it('counts all, up to countLimit, or not at all', async () => {
    const all = at.demo.jobs().length;
    const total = async (query: string) => (await find(at, `limit=5&${query}`)).total;
    assert.equal(await total('countLimit=-1'), all);
    assert.equal(await total('countLimit=10'), 10);
    assert.equal(await total('countLimit=100000'), all);
    assert.equal(await total('countLimit=0'), -1);
  });

  const forbidden = [
    ['states=FAILED', 'states=', 'states=running', 'states=RUNNING,WAITING', 'states=RUNNING&states=X'],
    ['results=GOOD', 'nameMatchMode=exact', 'sortField=PROGRESS', 'sortOrder=desc', 'sortOrder='],
    ['offset=-1', 'offset=x', 'offset=1.5', 'offset=', 'offset=3000000000', 'offset=1e2'],
    ['limit=-1', 'limit=1001', 'limit=ten', 'countLimit=-2', 'countLimit=all', 'maxVisibility=x'],
    ['createdBy=me', 'createdBy=', 'visible=yes', 'visible=TRUE', 'visible=1', 'limit=1&limit=2'],
  ].flat();
  for (const query of forbidden) {
    it(`answers 400 to ${query} and names the parameter`, async () => {
      const sentence = assertError(await at.get(`${jobs}?${query}`), 400);
      assert.ok(sentence.startsWith(/^\w+/.exec(query)?.[0] ?? '?'), sentence);
    });
  }

  it('allows a limit of 1000 and ignores parameters that it does not know', async () => {
    assert.equal((await find(at, 'limit=1000')).limit, 1000);
    assert.equal((await find(at, 'states[]=RUNNING')).total, at.demo.jobs().length);
  });
});

function assertSorted(rows: readonly Row[], field: string, direction: 1 | -1): void {
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (!before) continue;
    const [a, b] = [before[field] as string | number | undefined, row[field] as string | number | undefined];
    const lower = (value: unknown) => (value === undefined ? 1 : 0);
    const order = lower(a) - lower(b) || (a === b ? 0 : a !== undefined && b !== undefined && a < b ? -1 : 1);
    assert.ok(order * direction <= 0, `${field}: ${a} before ${b}`);
    if (order === 0) assert.ok((before['createdOn'] as number) >= (row['createdOn'] as number));
  }
}

describe('demo: one job, Core REST 2.0', () => {
  afterEach(disposeAll);

  it('answers the same row as the list, whatever the case of the id', async () => {
    const { get } = await scene();
    const [row] = (ok(await get(`${jobs}?limit=1`)) as OffsetPage).results;
    assert.ok(row);
    assert.deepEqual(ok(await get(`${jobs}/${row.id}`)), row);
    assert.deepEqual(ok(await get(`${jobs}/${row.id.toUpperCase()}`)), row);
  });

  it('answers 404 to an unknown id and 400 to one that is no UUID', async () => {
    const { get } = await scene();
    assertError(await get(`${jobs}/00000000-0000-4000-8000-000000000000`), 404);
    for (const id of ['1', 'x'.repeat(36), '%00', '%', 'canceled'])
      assertError(await get(`${jobs}/${id}`), 400);
  });
});
