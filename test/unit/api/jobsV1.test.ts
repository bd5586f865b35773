import assert from 'node:assert/strict';
import { JobsV1, parseJob } from '../../../src/api/jobsV1';
import { json, loopback, type Handler, type Loopback } from '../../support/loopback';
import { httpTo } from '../../support/connect';

const id = 'fdf9e319-94b9-43e2-b04d-6b4594e427d5';

describe('Job API v1', () => {
  let server: Loopback;
  const serve = async (handler: Handler): Promise<JobsV1> => {
    server = await loopback(handler);
    const { http, log } = httpTo(server.url);
    return new JobsV1(http, log);
  };
  const methods = () => server.arrived.map(({ method }) => method);

  afterEach(() => server.close());

  it('asks for pages of at most 50, and for the newest first without saying so', async () => {
    const api = await serve((_request, response) => json(response, { results: [] }));
    await api.find({ sort: { field: 'createdOn', order: 'desc' } }, { limit: 1000, count: true });
    assert.equal(server.arrived[0]?.query.toString(), 'pageSize=50');
  });

  it('follows cursors to the last page, whether it has none, null or an empty one', async () => {
    for (const end of [undefined, null, '']) {
      const api = await serve(({ query }, response) =>
        json(
          response,
          query.get('cursor') === null
            ? { results: [{ id: 'a' }], nextCursor: 'c1' }
            : { results: [{ id: 'b' }], nextCursor: end },
        ),
      );
      const first = await api.find({}, { limit: 1 });
      const second = await api.find({}, { limit: 1, after: first.next });
      assert.deepEqual(
        [...first.jobs, ...second.jobs].map((job) => job.id),
        ['a', 'b'],
      );
      assert.equal(second.next, undefined);
      assert.equal(second.total, undefined);
      await server.close();
    }
  });

  it('does not follow a cursor that leads to itself', async () => {
    const api = await serve((_request, response) =>
      json(response, { results: [{ id: 'a' }], nextCursor: 'again' }),
    );
    const first = await api.find({}, { limit: 1 });
    assert.equal((await api.find({}, { limit: 1, after: first.next })).next, undefined);
  });

  describe('cancel', () => {
    it('looks at the job first, and then deletes it with the message', async () => {
      const api = await serve((request, response) => {
        if (request.method === 'GET') json(response, { id, state: 'RUNNING' });
        else response.writeHead(204).end();
      });
      await api.cancel(id, 'wrong file');
      assert.deepEqual(methods(), ['GET', 'DELETE']);
      assert.equal(server.arrived[1]?.query.get('message'), 'wrong file');
    });

    for (const state of ['COMPLETED', 'FAILED', 'DELETED', 'CANCELED', 'ERROR', 'CANCELING']) {
      it(`sends nothing for a job that is ${state}: its record stays`, async () => {
        const api = await serve((_request, response) => json(response, { id, state }));
        await assert.rejects(api.cancel(id), { kind: 'conflict' });
        assert.deepEqual(methods(), ['GET']);
      });
    }

    it('sends nothing for a state that nobody knows once the job has an end', async () => {
      const api = await serve((_request, response) =>
        json(response, { id, state: 'ARCHIVED', endDate: '2026-01-01T00:00:00Z' }),
      );
      await assert.rejects(api.cancel(id), { kind: 'conflict' });
      assert.deepEqual(methods(), ['GET']);
    });

    it('refuses a message of more than 128 characters before anything is sent', async () => {
      const api = await serve((_request, response) => response.writeHead(204).end());
      await assert.rejects(api.cancel(id, 'x'.repeat(129)), { kind: 'unsupported', message: /128/ });
      assert.deepEqual(methods(), []);
    });

    for (const [status, kind] of [
      [403, 'forbidden'],
      [404, 'notFound'],
      [409, 'conflict'],
    ] as const) {
      it(`tells status ${status} for what it is`, async () => {
        const api = await serve((request, response) =>
          request.method === 'GET' ? json(response, { id, state: 'RUNNING' }) : json(response, {}, status),
        );
        await assert.rejects(api.cancel(id), { kind, status });
      });
    }
  });

  describe('parseJob', () => {
    before(async () => {
      await serve((_request, response) => response.end());
    });

    it("reads the reference's example", () => {
      const job = parseJob({
        id,
        user: id,
        name: 'Sample',
        type: 'SAMPLE',
        state: 'COMPLETED',
        result: 'SUCCESS',
        progressPercentage: 50,
        message: 'Import finished in 12s.',
        startDate: '2017-07-21T17:32:28Z',
        endDate: '2017-07-21T17:32:40.5+02:00',
        createdOn: '2017-07-21T17:32:20',
        selfManaged: true,
      });
      assert.equal(job?.state, 'completed');
      assert.equal(job.progress, 50);
      assert.deepEqual(job.startedOn, new Date(Date.UTC(2017, 6, 21, 17, 32, 28)));
      assert.deepEqual(job.endedOn, new Date(Date.UTC(2017, 6, 21, 15, 32, 40, 500)));
      // Without a zone it is UTC, wherever this test runs.
      assert.deepEqual(job.createdOn, new Date(Date.UTC(2017, 6, 21, 17, 32, 20)));
      assert.equal(job.selfManaged, true);
      assert.equal(job.cancelable, undefined);
    });

    it('takes what is no instant for unknown', () => {
      for (const value of [
        '',
        'yesterday',
        '2017-13-45T00:00:00Z',
        '2017-02-30T00:00:00Z',
        '2017-07-21',
        1669630300335,
        null,
        {},
        '0001-01-01T00:00:00Z',
      ])
        assert.equal(parseJob({ id, startDate: value })?.startedOn, undefined, JSON.stringify(value));
    });

    it('knows the words of both generations', () => {
      const state = (word: string) => parseJob({ id, state: word })?.state;
      assert.deepEqual(['DELETED', 'CANCELED', 'FAILED', 'ERROR', 'CANCELING'].map(state), [
        'canceled',
        'canceled',
        'failed',
        'failed',
        'canceling',
      ]);
    });
  });
});
