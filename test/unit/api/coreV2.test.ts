import assert from 'node:assert/strict';
import { CoreV2, parseJob } from '../../../src/api/coreV2';
import type { JobQuery, PageRequest } from '../../../src/jobs/query';
import { json, loopback, type Handler, type Loopback } from '../../support/loopback';
import { httpTo } from '../../support/connect';
import { memoryLog } from '../../support/log';

const id = 'fdf9e319-94b9-43e2-b04d-6b4594e427d5';

describe('Core REST 2.0', () => {
  let server: Loopback;
  const log = memoryLog();

  const serve = async (handler: Handler): Promise<CoreV2> => {
    server = await loopback(handler);
    const { http } = httpTo(server.url, 't', log);
    return new CoreV2(http, log);
  };
  const query = () => server.arrived.at(-1)?.query;

  afterEach(() => server.close());

  describe('find', () => {
    const ask = async (asked: JobQuery, request: PageRequest = { limit: 50 }) => {
      const api = await serve((_request, response) => json(response, { results: [] }));
      return api.find(asked, request);
    };

    it('asks for one page without a count and without filters that were not given', async () => {
      await ask({});
      assert.equal(server.arrived[0]?.path, '/rest/2.0/jobs');
      assert.equal(query()?.toString(), 'offset=0&limit=50&countLimit=0');
    });

    it('sends every filter, and repeats the key of a list', async () => {
      const user = 'eb527160-2949-414c-9878-c8572bac393d';
      await ask({
        name: 'import & more',
        nameMatchMode: 'START',
        states: ['waiting', 'running', 'canceling', 'completed', 'canceled', 'failed'],
        results: ['SUCCESS', 'ABORTED'],
        types: ['IMPORT', 'DELTA_INGESTION'],
        user,
        visible: false,
        sort: { field: 'endedOn', order: 'asc' },
      });
      const sent = query();
      assert.equal(sent?.get('name'), 'import & more');
      assert.equal(sent.get('nameMatchMode'), 'START');
      assert.deepEqual(sent.getAll('states'), [
        'WAITING',
        'RUNNING',
        'CANCELING',
        'COMPLETED',
        'CANCELED',
        'ERROR',
      ]);
      assert.deepEqual(sent.getAll('results'), ['SUCCESS', 'ABORTED']);
      assert.deepEqual(sent.getAll('types'), ['IMPORT', 'DELTA_INGESTION']);
      assert.equal(sent.get('createdBy'), user);
      assert.equal(sent.get('visible'), 'false');
      assert.equal(sent.get('sortField'), 'END_DATE');
      assert.equal(sent.get('sortOrder'), 'ASC');
    });

    it('sends nothing for a list that matches nothing', async () => {
      const empties: JobQuery[] = [
        { states: [] },
        { states: ['other'] },
        { results: ['NEW_ONE'] },
        { types: [] },
      ];
      for (const empty of empties) {
        const found = await ask(empty, { limit: 50, count: true });
        assert.deepEqual(found.jobs, []);
        assert.equal(found.total, 0);
        assert.equal(server.arrived.length, 0);
        await server.close();
      }
    });

    it('never asks for more than 1,000 rows', async () => {
      await ask({}, { limit: 5000 });
      assert.equal(query()?.get('limit'), '1000');
    });

    it('counts only when asked to, and then believes the total', async () => {
      const api = await serve((request, response) =>
        json(response, {
          total: request.query.get('countLimit') === '-1' ? 2 : 99,
          results: [{ id: 'a' }, { id: 'b' }],
        }),
      );
      const counted = await api.find({}, { limit: 2, count: true });
      assert.equal(counted.total, 2);
      assert.equal(counted.next, undefined);
      assert.equal((await api.find({}, { limit: 2 })).total, undefined);
    });

    it('leaves out rows without an id and says so in the log', async () => {
      const api = await serve((_request, response) =>
        json(response, { results: [{ id: 'a' }, { id: 7 }, null, 'x', {}] }),
      );
      const found = await api.find({}, { limit: 50 });
      assert.deepEqual(
        found.jobs.map((job) => job.id),
        ['a'],
      );
      assert.ok(log.lines.some((line) => line.includes('4 of 5 rows')));
    });

    it("takes a server's own lower limit for what it is: not the last page", async () => {
      const api = await serve((_request, response) =>
        json(response, { limit: 2, results: [{ id: 'a' }, { id: 'b' }] }),
      );
      assert.notEqual((await api.find({}, { limit: 1000 })).next, undefined);
    });

    it('rejects an answer that is no list of jobs', async () => {
      for (const body of [[], {}, { results: 'x' }, 7, null]) {
        const api = await serve((_request, response) => json(response, body));
        await assert.rejects(api.find({}, { limit: 1 }), { kind: 'badAnswer' });
        await server.close();
      }
    });
  });

  describe('pages', () => {
    let rows: string[];
    const list = () =>
      serve(({ query }, response) => {
        const offset = Number(query.get('offset'));
        json(response, {
          results: rows.slice(offset, offset + Number(query.get('limit'))).map((id) => ({ id })),
        });
      });
    const ids = (jobs: readonly { id: string }[]) => jobs.map((job) => job.id).join('');

    beforeEach(() => (rows = 'a b c d e f g h'.split(' ')));

    it('follow each other without a gap or a repetition', async () => {
      const api = await list();
      const first = await api.find({}, { limit: 3 });
      const second = await api.find({}, { limit: 3, after: first.next });
      const third = await api.find({}, { limit: 3, after: second.next });
      assert.deepEqual(
        [first, second, third].map(({ jobs }) => ids(jobs)),
        ['abc', 'def', 'gh'],
      );
      assert.equal(third.next, undefined);
      assert.ok(second.contiguous && third.contiguous);
    });

    it('skip no row and repeat none when jobs were added on top', async () => {
      const api = await list();
      const first = await api.find({}, { limit: 3 });
      rows.unshift('y', 'z');
      const second = await api.find({}, { limit: 3, after: first.next });
      assert.ok(second.contiguous);
      assert.equal(ids(second.jobs), 'd');
      assert.equal(ids((await api.find({}, { limit: 3, after: second.next })).jobs), 'efg');
    });

    it('say so when they no longer meet because jobs went away', async () => {
      const api = await list();
      const first = await api.find({}, { limit: 3 });
      rows.splice(0, 2);
      assert.equal((await api.find({}, { limit: 3, after: first.next })).contiguous, false);
    });
  });

  it('reads one job by its escaped id', async () => {
    const api = await serve((_request, response) => json(response, { id, state: 'RUNNING' }));
    assert.equal((await api.get('../x?y')).id, id);
    assert.equal(server.arrived[0]?.path, '/rest/2.0/jobs/..%2Fx%3Fy');
  });

  it('cancels with a message in the body, and with an empty object without one', async () => {
    const api = await serve((request, response) => {
      if (request.method === 'GET') json(response, { id, state: 'RUNNING' });
      else response.writeHead(202).end();
    });
    await api.cancel(id, 'not now');
    await api.cancel(id);
    assert.deepEqual(
      server.arrived
        .filter(({ method }) => method === 'POST')
        .map(({ method, path, body }) => [method, path, body]),
      [
        ['POST', `/rest/2.0/jobs/${id}/canceled`, '{"message":"not now"}'],
        ['POST', `/rest/2.0/jobs/${id}/canceled`, '{}'],
      ],
    );
    assert.equal(server.arrived[1]?.headers['content-type'], 'application/json');
  });

  describe('parseJob', () => {
    before(async () => {
      await serve((_request, response) => response.end());
    });

    it('reads a real answer', () => {
      const user = 'eb527160-2949-414c-9878-c8572bac393d';
      const message = '{"assetsCount":0,"assetsRemoved":0,"completed":true}';
      const job = parseJob({
        id,
        createdBy: user,
        createdOn: 1669630300335,
        system: false,
        resourceType: 'Job',
        name: 'Removal of communities',
        type: 'REMOVECOMMUNITIES',
        userId: user,
        visibility: 0,
        progressPercentage: 100.0,
        cancelable: false,
        startDate: 1669630301164,
        endDate: 1669630301267,
        state: 'COMPLETED',
        result: 'SUCCESS',
        message,
      });
      assert.deepEqual(job, {
        id,
        name: 'Removal of communities',
        type: 'REMOVECOMMUNITIES',
        state: 'completed',
        rawState: 'COMPLETED',
        result: 'SUCCESS',
        message,
        progress: 100,
        createdOn: new Date(1669630300335),
        createdBy: user,
        lastModifiedOn: undefined,
        lastModifiedBy: undefined,
        startedOn: new Date(1669630301164),
        endedOn: new Date(1669630301267),
        user,
        cancelable: false,
        visibility: 0,
        system: false,
        selfManaged: undefined,
      });
    });

    it('knows the words of both generations, and keeps one that nobody knows', () => {
      const state = (word: unknown) => parseJob({ id, state: word })?.state;
      assert.deepEqual(['ERROR', 'FAILED', 'DELETED', 'CANCELED'].map(state), [
        'failed',
        'failed',
        'canceled',
        'canceled',
      ]);
      assert.deepEqual(['PAUSED', 'toString', '', null, 7].map(state), Array(5).fill('other'));
      assert.equal(parseJob({ id, state: 'PAUSED' })?.rawState, 'PAUSED');
    });

    it('takes what is no instant for unknown, never for 1970', () => {
      for (const value of [0, -1, 0.5, null, 'yesterday', NaN, 1e300, {}, true])
        assert.equal(parseJob({ id, startDate: value })?.startedOn, undefined);
    });

    it('bounds the progress', () => {
      const progress = (value: unknown) => parseJob({ id, progressPercentage: value })?.progress;
      assert.deepEqual([-5, 50.5, 1e9, '50', null].map(progress), [0, 50.5, 100, undefined, undefined]);
    });
  });
});
