import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CollibraError } from '../../../src/api/errors';
import { adapterOf } from '../../../src/api/generation';
import { loopback, type Loopback } from '../../support/loopback';
import { httpTo } from '../../support/connect';
import { problemsOf } from '../../support/strictFront';

const names = [
  'id',
  'name',
  'type',
  'state',
  'result',
  'message',
  'createdOn',
  'startDate',
  'endDate',
  'progressPercentage',
];
/** Almost a job: its fields are of any kind. */
const row = fc.dictionary(
  fc.constantFrom(...names, 'userId', 'user', 'cancelable', '__proto__'),
  fc.jsonValue(),
  { maxKeys: 12 },
);
const answer = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      results: fc.oneof(fc.array(fc.oneof(row, fc.jsonValue())), fc.jsonValue()),
      total: fc.jsonValue(),
      limit: fc.jsonValue(),
      nextCursor: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
  row,
);

for (const generation of ['core-2.0', 'jobs-v1'] as const) {
  describe(`any JSON at all from an instance of ${generation}`, function () {
    this.timeout(20_000);
    let server: Loopback;
    let body = '';
    before(async () => {
      server = await loopback((_request, response) => response.end(body));
    });
    after(() => server.close());

    it('is a result or a bad answer, and never a job without an id', async () => {
      const { http, log } = httpTo(server.url);
      const api = adapterOf(generation, http, log);
      const allowed = (error: unknown) => {
        assert.ok(error instanceof CollibraError, String(error));
        assert.ok(['badAnswer', 'notCollibra'].includes(error.kind), error.kind);
        assert.doesNotMatch(error.message, /undefined|\[object|NaN/);
        return [];
      };
      await fc.assert(
        fc.asyncProperty(answer, async (value) => {
          body = JSON.stringify(value);
          const found = await api.find({}, { limit: 5, count: true }).then(({ jobs }) => jobs, allowed);
          const one = await api.get('x').then((job) => [job], allowed);
          for (const job of [...found, ...one]) {
            assert.ok(typeof job.id === 'string');
            assert.deepEqual(problemsOf(job), []);
          }
        }),
        { numRuns: 300 },
      );
    });
  });
}
