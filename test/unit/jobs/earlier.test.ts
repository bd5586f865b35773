import assert from 'node:assert/strict';
import { EarlierRuns } from '../../../src/jobs/earlier';
import type { Clock } from '../../../src/jobs/clock';
import { FakeApi, failure, job } from '../../support/jobs';

const hour = 3_600_000;

describe('earlier runs', () => {
  let now: number;
  let api: FakeApi;
  let earlier: EarlierRuns;

  beforeEach(() => {
    now = 1;
    api = new FakeApi();
    earlier = new EarlierRuns(api, { now: () => now } as Clock);
    api.jobs = [job('a', { state: 'completed', ended: 3 }), job('b', { state: 'failed', ended: 2 })];
  });

  it('are asked for once an hour for each kind of jobs', async () => {
    const asked = async (name: string) => {
      await earlier.of({ type: 'IMPORT', name });
      return api.taken().length;
    };
    assert.equal(await asked('Import of customers 1'), 1);
    assert.equal(await asked('Import of customers 2'), 0);
    assert.equal(await asked('Import of orders 2'), 1);
    now += hour - 1;
    assert.equal(await asked('Import of customers 3'), 0);
    now += 1;
    assert.equal(await asked('Import of customers 4'), 1);
  });

  it('are asked for once by several who ask together, and again after a failure', async () => {
    api.failure = failure('server');
    const both = [earlier.of({ type: 'X', name: 'abc' }), earlier.of({ type: 'X', name: 'abc' })];
    for (const each of both) await assert.rejects(each, api.failure);
    assert.equal(api.taken().length, 1);
    api.failure = undefined;
    assert.deepEqual(
      (await earlier.of({ type: 'X', name: 'abc' })).map(({ id }) => id),
      ['a', 'b'],
    );
  });

  it('are none, without asking, of a job that has neither type nor name', async () => {
    assert.deepEqual(await earlier.of({}), []);
    assert.deepEqual(api.taken(), []);
  });

  it('are forgotten where there are too many kinds, the first asked for first', async () => {
    const name = (n: number) => `Kind ${String.fromCodePoint(0x4e00 + n)}`;
    for (let n = 0; n < 101; n++) await earlier.of({ type: 'X', name: name(n) });
    assert.equal(api.taken().length, 101);
    await earlier.of({ type: 'X', name: name(100) });
    assert.equal(api.taken().length, 0);
    await earlier.of({ type: 'X', name: name(0) });
    assert.equal(api.taken().length, 1);
  });
});
