import assert from 'node:assert/strict';
import { remarkText } from '../../../src/jobs/baselineText';
import { EarlierRuns } from '../../../src/jobs/earlier';
import type { Clock } from '../../../src/jobs/clock';
import type { Job } from '../../../src/jobs/job';
import { Pace } from '../../../src/jobs/pace';
import { FakeApi, failure, job } from '../../support/jobs';

const second = 1000;
const hour = 3600 * second;
/** Long after everything else. */
const start = Date.UTC(2026, 0, 2);
const at = (ms: number) => new Date(ms);

describe('the pace of active jobs', () => {
  let now: number;
  let api: FakeApi;
  let pace: Pace;
  let kept: unknown;

  /** A finished run that waited for five seconds and ran for a minute. */
  const run = (n: number, name = `Import ${n}`): Job => ({
    ...job(`${name}${n}`, { name, type: 'IMPORT', state: 'completed' }),
    createdOn: at(start - hour - 65 * second),
    startedOn: at(start - hour - 60 * second),
    endedOn: at(start - hour + n),
  });
  const running = (elapsed: number, name = 'Import 77'): Job => ({
    ...job(name, { name, type: 'IMPORT', state: 'running' }),
    createdOn: at(now - elapsed - 5 * second),
    startedOn: at(now - elapsed),
  });
  const waiting = (elapsed: number): Job => ({
    ...job('w', { name: 'Import 78', type: 'IMPORT', state: 'waiting' }),
    createdOn: at(now - elapsed),
    startedOn: undefined,
  });
  const remark = (given: Job) => {
    const baseline = pace.of(given, now);
    return baseline && (remarkText(baseline) ?? 'as usual');
  };

  /** That of another window, or after a restart. */
  const open = () => {
    const earlier = new EarlierRuns(api, { now: () => now } as Clock);
    // As VS Code keeps it.
    const set = (kinds: object = {}) => void (kept = JSON.parse(JSON.stringify(kinds)));
    return new Pace((each) => earlier.of(each), { get: () => kept, set });
  };

  beforeEach(() => {
    now = start;
    api = new FakeApi();
    api.jobs = Array.from({ length: 10 }, (_, n) => run(n));
    kept = undefined;
    pace = open();
  });

  it('is not known before it was looked at, and marks what is slow from then on', async () => {
    const [slow, usual] = [running(200 * second), running(70 * second)];
    assert.equal(remark(slow), undefined);
    await pace.look([slow], now);
    assert.deepEqual([remark(slow), remark(usual)], ['slower than usual', 'as usual']);
    assert.deepEqual(
      [remark(waiting(600 * second)), remark(waiting(5 * second))],
      ['waits longer than usual', 'as usual'],
    );
    assert.equal(pace.of({ ...slow, state: 'completed' }, now), undefined);
  });

  it('costs one request for each kind of jobs an hour, also after one that failed', async () => {
    const asked = async (...jobs: Job[]) => {
      await pace.look(jobs, now);
      return api.taken().length;
    };
    assert.equal(await asked(running(200 * second), running(300 * second, 'Import 78')), 1);
    assert.equal(await asked(running(200 * second)), 0);
    api.failure = failure('server');
    assert.equal(await asked(running(200 * second), running(200 * second, 'Export 1')), 1);
    api.failure = undefined;
    assert.equal(await asked(running(200 * second, 'Export 1')), 0);
    now += hour;
    assert.equal(await asked(running(200 * second), running(200 * second, 'Export 1')), 2);
  });

  it('costs no more in several windows, and none after a restart', async () => {
    const slow = () => running(200 * second);
    await pace.look([slow()], now);
    assert.equal(api.taken().length, 1);
    pace = open();
    await pace.look([slow()], now);
    assert.deepEqual([api.taken().length, remark(slow())], [0, 'slower than usual']);
    now += hour;
    await pace.look([slow()], now);
    const other = open();
    await other.look([slow()], now);
    assert.equal(api.taken().length, 1);
  });

  it('asks anew where what is kept makes no sense', async () => {
    const slow = () => running(200 * second);
    await pace.look([slow()], now);
    const [key = ''] = Object.keys(kept as object);
    const odd = [7, null, { [key]: 'x' }, { [key]: { asked: 'x' } }, { [key]: { asked: now + hour } }];
    for (const value of [...odd, { [key]: { asked: now - hour, times: { running: { count: NaN } } } }]) {
      kept = value;
      pace = open();
      api.taken();
      await pace.look([slow()], now);
      assert.deepEqual([api.taken().length, remark(slow())], [1, 'slower than usual'], JSON.stringify(value));
    }
  });

  it('asks nothing of jobs that may be over soon, nor of what has neither type nor name', async () => {
    await pace.look([running(29 * second), waiting(20 * second)], now);
    await pace.look([{ ...running(hour), name: undefined, type: undefined }], now);
    assert.deepEqual(api.taken(), []);
  });

  it('keeps what was known while it can not be asked again', async () => {
    const slow = () => running(200 * second);
    await pace.look([slow()], now);
    now += 2 * hour;
    api.failure = failure('unreachable');
    await pace.look([slow()], now);
    assert.equal(remark(slow()), 'slower than usual');
  });

  it('asks for three kinds at a look, by one look at a time, and for a hundred an hour', async () => {
    const kind = (n: number) => running(200 * second, `Kind ${String.fromCodePoint(0x4e00 + n)}`);
    const jobs = Array.from({ length: 150 }, (_, n) => kind(n));
    await Promise.all([pace.look(jobs, now), pace.look(jobs, now)]);
    assert.equal(api.taken().length, 3);
    for (let n = 0; n < 60; n++) await pace.look(jobs, now);
    assert.equal(api.taken().length, 97);
    now += hour;
    for (let n = 0; n < 60; n++) await pace.look(jobs, now);
    assert.equal(api.taken().length, 100);
  });
});
