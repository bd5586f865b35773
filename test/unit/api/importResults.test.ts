import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CollibraError } from '../../../src/api/errors';
import { CollibraImportResults } from '../../../src/api/importResults';
import { startDemo, type Demo } from '../../../src/demo/demo';
import { isFinished, type DemoJob } from '../../../src/demo/demoJob';
import type { ImportErrors, ImportSummary, PageRequest } from '../../../src/jobs/query';
import { httpTo } from '../../support/connect';
import { json, loopback, type Handler, type Loopback } from '../../support/loopback';
import { startPrism } from '../../support/prism';
import { queryParameters } from '../../support/strictFront';

const id = 'fdf9e319-94b9-43e2-b04d-6b4594e427d5';
const prefix = `/rest/2.0/import/results/${id}`;

describe('CollibraImportResults', () => {
  let server: Loopback | undefined;
  const resultsOf = async (handler: Handler) => {
    server = await loopback(handler);
    return new CollibraImportResults(httpTo(server.url).http);
  };
  const answering = (body: unknown, status = 200) =>
    resultsOf((_request, response) => json(response, body, status));
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('tells what an import did, by type and category', async () => {
    const counters = { added: 3, updated: 0, removed: 12 };
    const category = { id, name: 'Description' };
    const results = await answering({
      resourceTypes: [
        { resourceType: 'Asset', counters, subcategories: [] },
        { resourceType: 'Attribute', counters, subcategories: [{ category, counters }] },
      ],
      errorsCount: 2,
      importJobState: 'COMPLETED_WITH_ERRORS',
    });
    assert.deepEqual(await results.summary(id), {
      kind: 'summary',
      state: 'COMPLETED_WITH_ERRORS',
      errorsCount: 2,
      types: [
        { resourceType: 'Asset', ...counters, categories: [] },
        { resourceType: 'Attribute', ...counters, categories: [{ ...category, ...counters }] },
      ],
    });
    assert.equal(server?.arrived[0]?.path, `${prefix}/summary`);
  });

  it('reads errors page by page, counts them only when asked to, and never asks for more than 1,000', async () => {
    const all = Array.from({ length: 5 }, (_, at) => ({
      errorType: 'VALIDATION',
      resourceType: 'Asset',
      errorMessage: `Row ${at}`,
      command: { indices: [at, at + 1], identifier: `row-${at}` },
    }));
    const results = await resultsOf(({ query }, response) => {
      const [offset, limit] = ['offset', 'limit'].map((name) => Number(query.get(name))) as [number, number];
      const total = query.get('countLimit') === '-1' ? all.length : -1;
      json(response, { total, offset, limit, results: all.slice(offset, offset + limit) });
    });
    for (const count of [true, false]) {
      const read: string[] = [];
      let after: PageRequest['after'];
      do {
        const page = (await results.errors(id, { limit: 2, after, count })) as ImportErrors;
        assert.deepEqual([page.kind, page.total], ['errors', count ? 5 : undefined]);
        read.push(...page.errors.map(({ message = '' }) => message));
        after = page.next;
      } while (after !== undefined);
      assert.deepEqual(read, ['Row 0', 'Row 1', 'Row 2', 'Row 3', 'Row 4']);
    }
    const { errors } = (await results.errors(id, { limit: 5000 })) as ImportErrors;
    assert.deepEqual(errors[1], {
      ...{ type: 'VALIDATION', resourceType: 'Asset', message: 'Row 1' },
      ...{ indices: [1, 2], identifier: 'row-1' },
    });
    await results.errors(id, { limit: 0 });
    const limits = server?.arrived.map(({ query }) => query.get('limit'));
    assert.deepEqual(limits, ['2', '2', '2', '2', '2', '2', '1000', '1']);
    const counted = server?.arrived.map(({ query }) => query.get('countLimit'));
    assert.deepEqual(counted, ['-1', '-1', '-1', '0', '0', '0', '0', '0']);
  });

  it('takes what it does not understand for unknown', async () => {
    const command = { indices: [1, '2', 1.5, null, -1], identifier: 7 };
    const odd = { resourceTypes: [{ counters: { added: -1, updated: '3', removed: 1.5 } }, null] };
    const errors = { total: 9, results: ['x', { errorMessage: '', command }, { command: [] }] };
    const results = await resultsOf(({ path, query }, response) => {
      const page = query.get('offset') === '3' ? { total: 9, results: [] } : errors;
      json(response, path.endsWith('errors') ? page : odd);
    });
    const { types } = (await results.summary(id)) as ImportSummary;
    assert.deepEqual(Object.values(types[0] ?? {}), [undefined, undefined, undefined, undefined, []]);
    assert.equal(types.length, 1);
    const first = (await results.errors(id, { limit: 3, count: true })) as ImportErrors;
    const indices = first.errors.map((error) => [error.indices, error.message, error.identifier]);
    assert.deepEqual(indices, [
      [[1, -1], undefined, undefined],
      [[], undefined, undefined],
    ]);
    // A total that is wrong, and rows that never come.
    const after = first.next;
    assert.equal(
      ((await results.errors(id, { limit: 3, after, count: true })) as ImportErrors).next,
      undefined,
    );
  });

  it('answers that there is no result, or not yet, and fails for anything else', async () => {
    const page = { limit: 5 };
    for (const [status, kind] of [
      [404, 'noImport'],
      [410, 'noImport'],
      [400, 'notFinished'],
    ] as const) {
      const results = await answering({ statusCode: status, userMessage: 'No.' }, status);
      assert.deepEqual(await results.summary(id), { kind });
      assert.deepEqual(await results.errors(id, page), { kind });
      await server?.close();
    }
    const failures: [unknown, number, string][] = [
      [{ userMessage: 'Broken.' }, 500, 'server'],
      [{}, 403, 'forbidden'],
      [{}, 401, 'signInNeeded'],
      [{}, 422, 'unsupported'],
      [[], 200, 'badAnswer'],
    ];
    for (const [body, status, kind] of failures) {
      const results = await answering(body, status);
      await assert.rejects(results.summary(id), { name: 'CollibraError', kind });
      await assert.rejects(results.errors(id, page), { name: 'CollibraError', kind });
      await server?.close();
    }
    for (const body of [{}, { results: {} }])
      await assert.rejects((await answering(body)).errors(id, page), {
        kind: 'badAnswer',
        message: /no result of an import/,
      });
  });

  it("doesn't take a web page for an answer about the job", async () => {
    const pages: [string, number, string][] = [
      ['<html><form action="/login"></form></html>', 404, 'singleSignOn'],
      ['<html>No required SSL certificate was sent</html>', 400, 'clientCertificate'],
      ['<html>Welcome</html>', 200, 'notCollibra'],
      ['{"resourceTypes": [', 200, 'badAnswer'],
      ['', 200, 'badAnswer'],
    ];
    for (const [text, status, kind] of pages) {
      const results = await resultsOf((_request, response) => response.writeHead(status).end(text));
      await assert.rejects(results.summary(id), { kind });
      await server?.close();
    }
  });

  it('sends nothing for what is no id of a job, and stops when it is told to', async () => {
    const results = await answering({});
    for (const odd of ['x', '', '../../jobs', `${id}/..`])
      assert.deepEqual(await results.summary(odd), { kind: 'noImport' });
    await assert.rejects(results.errors(id, { limit: 1 }, AbortSignal.abort()), { name: 'AbortError' });
    assert.deepEqual(server?.arrived, []);
  });

  it('makes a result or a bad answer of any JSON at all', async () => {
    let body = '';
    const results = await resultsOf((_request, response) => response.end(body));
    const row = fc.dictionary(
      fc.constantFrom('counters', 'subcategories', 'category', 'command', 'errorMessage', '__proto__'),
      fc.oneof(fc.jsonValue(), fc.array(fc.record({ counters: fc.jsonValue(), category: fc.jsonValue() }))),
    );
    const list = fc.oneof(fc.array(fc.oneof(row, fc.jsonValue())), fc.jsonValue());
    const answer = fc.oneof(
      fc.record({ resourceTypes: list, results: list, errorsCount: fc.jsonValue(), total: fc.jsonValue() }),
      fc.jsonValue(),
    );
    const read = (asked: Promise<unknown>) =>
      asked.catch((error: unknown) => {
        assert.ok(error instanceof CollibraError && ['badAnswer', 'notCollibra'].includes(error.kind));
      });
    await fc.assert(
      fc.asyncProperty(answer, async (value) => {
        body = JSON.stringify(value);
        assertSane(await read(results.summary(id)));
        assertSane(await read(results.errors(id, { limit: 5, count: true })));
      }),
      { numRuns: 200 },
    );
  }).timeout(20_000);

  it('asks as the contract says, and reads what its mock answers', async () => {
    const mock = await startPrism('other', 'mock');
    const results = await resultsOf(passOn(mock.url));
    for (let n = 0; n < 4; n++) {
      const summary = await results.summary(id);
      assert.equal(summary.kind, 'summary');
      assertSane(summary);
      const errors = await results.errors(id, { limit: 1000, count: n > 1 });
      assert.equal(errors.kind, 'errors');
      assertSane(errors);
    }
    const known = queryParameters('other', 'GET', '/2.0/import/results/{jobId}/errors');
    assert.deepEqual([...(server?.arrived.at(-1)?.query.keys() ?? [])], known);
    await mock.stop();
  }).timeout(20_000);

  describe('of the demo', function () {
    this.timeout(20_000);
    const clock = { time: Date.UTC(2026, 0, 15, 9), now: () => clock.time };
    let demo: Demo;
    /** An import for which that is so; time goes on until there is one. */
    const importThat = (passes: (job: DemoJob) => boolean): DemoJob => {
      for (let turn = 0; turn < 2000; turn++, clock.time += 10_000) {
        const job = demo.jobs().find((each) => each.type === 'IMPORT' && passes(each));
        if (job) return job;
      }
      return assert.fail('no such import');
    };
    before(async () => (demo = await startDemo({ clock })));
    after(() => demo.dispose());

    it("are what it has done, as the contract's judge sees it too", async () => {
      const judge = await startPrism('other', { upstream: `${demo.url}/rest` });
      server = await loopback(passOn(judge.url));
      const results = new CollibraImportResults(httpTo(server.url, demo.token).http);

      const { id: refused, plan } = importThat((job) => job.result === 'COMPLETED_WITH_ERROR');
      const summary = (await results.summary(refused)) as ImportSummary;
      assert.equal(summary.state, 'COMPLETED_WITH_ERRORS');
      assert.equal(summary.errorsCount, plan.errors);
      assert.deepEqual(
        summary.types.map(({ resourceType, categories }) => [
          resourceType,
          ...categories.map(({ name }) => name),
        ]),
        [['Asset'], ['Attribute', 'Description']],
      );
      const { errors, total, next } = (await results.errors(refused, {
        limit: 1,
        count: true,
      })) as ImportErrors;
      assert.equal(total, plan.errors);
      assert.match(errors[0]?.message ?? '', /^Row 1: /);
      assert.deepEqual([errors[0]?.indices, errors[0]?.identifier], [[1], 'row-1']);
      const rest = (await results.errors(refused, { limit: 1000, after: next })) as ImportErrors;
      assert.deepEqual([rest.errors.length, rest.next], [plan.errors - 1, undefined]);

      const { id: running } = importThat((job) => !isFinished(job));
      assert.deepEqual(await results.summary(running), { kind: 'notFinished' });
      assert.deepEqual(await results.errors(running, { limit: 1 }), { kind: 'notFinished' });
      const other = demo.jobs().find(({ type }) => type !== 'IMPORT')?.id ?? '';
      for (const none of [other, id]) assert.deepEqual(await results.summary(none), { kind: 'noImport' });
      await judge.stop();
    });
  });
});

/** Hands requests to Prism, which adds the `/rest` of the contract's server by itself. */
function passOn(url: string): Handler {
  return ({ path, query, headers }, response) => {
    const search = query.size > 0 ? `?${query.toString()}` : '';
    const { authorization = '' } = headers;
    void fetch(url + path.replace(/^\/rest/, '') + search, { headers: { authorization } }).then(
      async (answer) => json(response, await answer.json(), answer.status),
    );
  };
}

/** What must be true of every result, whatever the server sent: numbers are numbers, words are words. */
function assertSane(value: unknown): void {
  if (typeof value === 'number') assert.ok(Number.isSafeInteger(value));
  if (typeof value === 'string') assert.notEqual(value, '');
  assert.notEqual(value, null);
  if (typeof value === 'object' && value) Object.values(value).forEach(assertSane);
}
