import assert from 'node:assert/strict';
import { isFinished, type DemoJob } from '../../../src/demo/demoJob';
import {
  assertError,
  assertShape,
  disposeAll,
  ok,
  scene,
  type CursorPage,
  type Row,
  type Scene,
} from './support';

const jobs = '/rest/jobs/v1/jobs';
const shape = {
  id: 'uuid',
  createdBy: 'uuid',
  createdOn: 'date',
  lastModifiedBy: 'uuid',
  lastModifiedOn: 'date',
  user: 'uuid',
  selfManaged: 'boolean',
  name: 'string',
  type: 'string',
  state: ['WAITING', 'RUNNING', 'COMPLETED', 'FAILED', 'DELETED'],
  result: ['NOT_SET', 'SUCCESS', 'COMPLETED_WITH_ERROR', 'FAILURE', 'ABORTED'],
  message: 'string',
  progressPercentage: 'integer',
  startDate: 'date',
  endDate: 'date',
} as const;

async function page({ get }: Scene, query: string): Promise<CursorPage> {
  return ok(await get(`${jobs}?${query}`)) as CursorPage;
}

/** All rows, page after page to the one without a cursor. */
async function findAll(at: Scene, query = ''): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    const from = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { results, nextCursor } = await page(at, `pageSize=50&${query}${from}`);
    rows.push(...results);
    cursor = nextCursor;
  }
  return rows;
}

async function assertFinds(at: Scene, query: string, passes: (job: DemoJob) => boolean): Promise<void> {
  const all = at.demo.jobs();
  const expected = all.filter(passes).map(({ id }) => id);
  assert.ok(expected.length > 0 && expected.length < all.length, `${query} tells nothing`);
  assert.deepEqual((await findAll(at, query)).map(({ id }) => id).sort(), expected.sort(), query);
}

describe('demo: find jobs, Job API v1', () => {
  let at: Scene;
  before(async () => (at = await scene({ generations: ['jobs-v1'] })));
  after(disposeAll);

  it('answers rows with the fields of the contract and no other, dates in RFC 3339', async () => {
    const rows = await findAll(at);
    for (const row of rows) assertShape(row, shape, ['id']);
    const fields = new Set(rows.flatMap((row) => Object.keys(row)));
    assert.deepEqual([...fields].sort(), Object.keys(shape).sort());
  });

  it('lists every job once, the newest first, and has no cursor on the last page', async () => {
    const expected = [...at.demo.jobs()].sort((a, b) => b.createdOn - a.createdOn);
    assert.deepEqual(
      (await findAll(at)).map((row) => Date.parse(row['createdOn'] as string)),
      expected.map(({ createdOn }) => createdOn),
    );
    const query = 'name=Reindex&pageSize';
    const { length } = (await page(at, `${query}=50`)).results;
    assert.ok(length > 1 && length < 50);
    assert.ok('nextCursor' in (await page(at, `${query}=${length - 1}`)));
    assert.ok(!('nextCursor' in (await page(at, `${query}=${length}`))));
    assert.ok(!('nextCursor' in (await page(at, 'name=no+such+job'))));
    assert.ok(!('total' in (await page(at, ''))));
  });

  it('gives ten rows unless told, and fifty at most', async () => {
    assert.equal((await page(at, '')).results.length, 10);
    assert.equal((await page(at, 'pageSize=50')).results.length, 50);
    for (const size of ['0', '51', '-1', 'x', '']) assertError(await at.get(`${jobs}?pageSize=${size}`), 400);
  });

  it('filters by state, result, type, user and name', async () => {
    const id = at.demo.userId;
    await assertFinds(at, 'state=FAILED', (job) => job.state === 'ERROR');
    await assertFinds(at, 'state=DELETED', (job) => job.state === 'CANCELED');
    await assertFinds(at, 'state=RUNNING&state=WAITING', (job) => !isFinished(job));
    await assertFinds(at, 'result=FAILURE&result=ABORTED', (job) =>
      ['FAILURE', 'ABORTED'].includes(job.result),
    );
    await assertFinds(at, 'type=EXPORT&type=BULK_EDIT', (job) => ['EXPORT', 'BULK_EDIT'].includes(job.type));
    await assertFinds(at, `user=${id}`, (job) => job.userId === id);
    await assertFinds(at, 'name=PROD&nameMatchMode=END', (job) => job.name.endsWith('PROD'));
    await assertFinds(at, 'name=Removal+of+communities&nameMatchMode=EXACT', (job) =>
      job.name.startsWith('Removal'),
    );
  });

  for (const [sortField, field] of Object.entries({
    NAME: 'name',
    TYPE: 'type',
    STATE: 'state',
    RESULT: 'result',
  })) {
    it(`sorts by ${sortField} over all pages, the newest first among equals`, async () => {
      const rows = await findAll(at, `sortField=${sortField}&sortOrder=ASC`);
      const keys = rows.map(
        (row) => [row[field], -Date.parse(row['createdOn'] as string)] as [string, number],
      );
      const sorted = [...keys].sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] - b[1]));
      assert.deepEqual(keys, sorted);
      assert.equal(rows.length, at.demo.jobs().length);
      const down = await findAll(at, `sortField=${sortField}`);
      assert.deepEqual(
        down.map((row) => row[field]),
        keys.map(([value]) => value).reverse(),
      );
    });
  }

  it('sorts finished jobs by END_DATE and started ones by START_DATE', async () => {
    for (const [query, field] of [
      ['state=COMPLETED&sortField=END_DATE', 'endDate'],
      ['state=RUNNING&state=COMPLETED&sortField=START_DATE', 'startDate'],
    ] as const) {
      const dates = (await findAll(at, query)).map((row) => row[field] as string).filter(Boolean);
      assert.ok(dates.length > 100);
      assert.deepEqual(dates, [...dates].sort().reverse());
    }
  });

  for (const query of [
    ...['state=ERROR', 'state=CANCELING', 'state=', 'result=GOOD', 'user=me', 'nameMatchMode=x'],
    ...[
      'sortField=CREATED_ON',
      'sortField=CREATED_BY',
      'sortOrder=x',
      'cursor=x',
      'cursor=',
      'cursor=bnVsbA',
    ],
  ]) {
    it(`answers 400 to ${query}`, async () => {
      assertError(await at.get(`${jobs}?${query}`), 400);
    });
  }

  it('refuses a cursor of a list that is sorted otherwise', async () => {
    const { nextCursor = '' } = await page(at, 'sortField=NAME');
    await page(at, `sortField=NAME&cursor=${nextCursor}`);
    assertError(await at.get(`${jobs}?cursor=${nextCursor}`), 400);
  });

  it('skips no row and shows none twice while jobs come between two pages', async () => {
    const own = await scene({ generations: ['jobs-v1'] });
    const before = own.demo.jobs().length;
    const first = await page(own, 'pageSize=20');
    const expected = await page(own, `pageSize=20&cursor=${first.nextCursor ?? ''}`);
    own.clock.time += 120_000;
    assert.ok(own.demo.jobs().length > before);
    const second = await page(own, `pageSize=20&cursor=${first.nextCursor ?? ''}`);
    assert.deepEqual(
      second.results.map(({ id }) => id),
      expected.results.map(({ id }) => id),
    );
  });
});

describe('demo: delete as cancel, Job API v1', () => {
  afterEach(disposeAll);

  const start = async () => {
    const at = await scene({ generations: ['core-2.0', 'jobs-v1'] });
    const read = (id: string) => at.get(`${jobs}/${id}`);
    const remove = (id: string, query = '') => at.send('DELETE', `${jobs}/${id}${query}`);
    const pick = (passes: (job: DemoJob) => boolean) => {
      const job = at.demo.jobs().find(passes);
      assert.ok(job, 'the demo has no such job');
      return job;
    };
    const runsOn = (job: DemoJob) =>
      job.cancelable && (job.startDate ?? 0) + job.plan.duration > at.clock.time + 15_000;
    return { at, read, remove, pick, runsOn };
  };

  it('answers 204, still says RUNNING for some seconds, then DELETED with the message', async () => {
    const { at, read, remove, pick, runsOn } = await start();
    const { id } = pick((job) => job.state === 'RUNNING' && runsOn(job));
    const reply = await remove(id, '?message=Not+needed');
    assert.deepEqual([reply.status, reply.text], [204, '']);
    assert.equal((ok(await read(id)) as Row)['state'], 'RUNNING');
    assert.equal((ok(await at.get(`/rest/2.0/jobs/${id}`)) as Row)['state'], 'CANCELING');
    at.clock.time += 5_000;
    const row = ok(await read(id)) as Row;
    assert.deepEqual([row['state'], row['result'], row['message']], ['DELETED', 'ABORTED', 'Not needed']);
  });

  it('keeps saying WAITING of a waiting job, which ends without a start', async () => {
    const { at, read, remove, pick } = await start();
    const { id } = pick((job) => job.state === 'WAITING' && job.cancelable);
    assert.equal((await remove(id)).status, 204);
    assert.equal((ok(await read(id)) as Row)['state'], 'WAITING');
    at.clock.time += 5_000;
    const row = ok(await read(id)) as Row;
    assert.deepEqual(
      [row['state'], row['startDate'], row['message']],
      ['DELETED', undefined, 'Deleted by user'],
    );
  });

  it('loses the record of a job that has finished', async () => {
    const { at, read, remove, pick } = await start();
    const { id } = pick(isFinished);
    const before = at.demo.jobs().length;
    assert.equal((await remove(id)).status, 204);
    assertError(await read(id), 404);
    assertError(await at.get(`/rest/2.0/jobs/${id}`), 404);
    assert.equal(at.demo.jobs().length, before - 1);
  });

  it('takes a message of 128 characters and refuses a longer one before anything happens', async () => {
    const { read, remove, pick, runsOn } = await start();
    const job = pick((job) => job.state === 'RUNNING' && runsOn(job));
    const before = ok(await read(job.id)) as Row;
    assertError(await remove(job.id, `?message=${'x'.repeat(129)}`), 400);
    assert.deepEqual(ok(await read(job.id)), before);
    assert.equal((await remove(job.id, `?message=${'x'.repeat(128)}`)).status, 204);
  });

  it('refuses what is not cancelable', async () => {
    const { at, remove, pick } = await start();
    const fixed = (job: DemoJob) => !isFinished(job) && !job.cancelable;
    while (!at.demo.jobs().some(fixed)) at.clock.time += 10_000;
    assert.match(assertError(await remove(pick(fixed).id), 400), /can't be canceled/);
  });

  it('answers 404 to an unknown job, 400 to an id that is no UUID, 405 to POST', async () => {
    const { at, read, remove } = await start();
    const unknown = '00000000-0000-4000-8000-000000000000';
    for (const call of [read, remove]) {
      assertError(await call(unknown), 404);
      assertError(await call('nonsense'), 400);
    }
    const reply = await at.send('POST', `${jobs}/${unknown}`);
    assertError(reply, 405);
    assert.equal(reply.headers.get('allow'), 'GET, DELETE');
  });
});
