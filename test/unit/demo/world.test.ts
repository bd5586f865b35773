import assert from 'node:assert/strict';
import { isFinished, type DemoJob } from '../../../src/demo/demoJob';
import { World } from '../../../src/demo/world';
import { t0 } from './support';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const seeds = [1, 2, 3, 4, 5];

const copy = (world: World) => world.jobs().map((job) => ({ ...job }));
const count = (jobs: readonly DemoJob[], state: string) => jobs.filter((job) => job.state === state).length;

describe('demo: the set of jobs', () => {
  it('starts with a few hundred jobs of the last weeks, of all results', () => {
    for (const seed of seeds) {
      const jobs = new World(seed, t0).jobs();
      assert.ok(jobs.length >= 300 && jobs.length <= 450, String(jobs.length));
      const ages = jobs.map((job) => t0 - job.createdOn);
      assert.ok(Math.max(...ages) > 14 * day && Math.max(...ages) < 30 * day && Math.min(...ages) >= 0);
      assert.deepEqual(
        ages,
        [...ages].sort((a, b) => b - a),
        'oldest first',
      );
      const results = new Set(jobs.map((job) => `${job.state} ${job.result}`));
      for (const expected of [
        ...['RUNNING NOT_SET', 'WAITING NOT_SET', 'COMPLETED SUCCESS', 'COMPLETED COMPLETED_WITH_ERROR'],
        ...['COMPLETED ABORTED', 'CANCELED ABORTED', 'ERROR FAILURE'],
      ]) {
        assert.ok(results.has(expected), `seed ${seed}: no ${expected}`);
      }
    }
  });

  it('shows what real servers do: messages of all kinds, odd progress, no start, invisible and fixed jobs', () => {
    const jobs = new World(1, t0).jobs();
    const some = (what: string, passes: (job: DemoJob) => boolean) => assert.ok(jobs.some(passes), what);
    some('JSON message', (job) => job.message?.startsWith('{') === true);
    some('one line', (job) => /^[A-Z][^\n]+\.$/.test(job.message ?? ''));
    some('several kB', (job) => (job.message?.length ?? 0) > 3000);
    some('empty message', (job) => isFinished(job) && job.message === '');
    some('no message', (job) => isFinished(job) && job.message === undefined);
    some('completed below 100', (job) => job.result === 'SUCCESS' && job.progress < 100);
    some('ended without a start', (job) => isFinished(job) && job.startDate === undefined);
    some('not cancelable', (job) => !job.cancelable);
    some('invisible', (job) => job.visibility > 0);
    some('no trace of changes', (job) => job.lastModifiedOn === undefined);
    some('self-managed', (job) => job.selfManaged);
  });

  it('has ids that are distinct UUIDs of version 4', () => {
    const ids = new World(1, t0).jobs().map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids)
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('keeps some jobs running and some waiting at all times, never a crowd', () => {
    for (const seed of seeds) {
      const world = new World(seed, t0);
      for (let now = t0; now < t0 + hour; now += 7_000) {
        world.advance(now);
        const [running, waiting] = [count(world.jobs(), 'RUNNING'), count(world.jobs(), 'WAITING')];
        assert.ok(running >= 3 && running <= 6, `${running} running`);
        assert.ok(waiting >= 1 && waiting <= 5, `${waiting} waiting`);
      }
    }
  });

  it('lives on: jobs come, wait, progress and end, each in order', () => {
    const world = new World(1, t0);
    const seen = new Map<string, DemoJob>(copy(world).map((job) => [job.id, job]));
    const order = ['WAITING', 'RUNNING', 'ended'];
    const rank = (job: DemoJob) => order.indexOf(isFinished(job) ? 'ended' : job.state);
    const moves = new Set<string>();
    for (let now = t0; now < t0 + hour; now += 9_000) {
      world.advance(now);
      for (const job of copy(world)) {
        const before = seen.get(job.id);
        if (before) {
          assert.ok(rank(job) >= rank(before), `${before.state} became ${job.state}`);
          if (job.state === 'RUNNING') assert.ok(job.progress >= before.progress && job.progress <= 100);
          if (before.state !== job.state) moves.add(`${before.state} ${job.state}`);
          if (isFinished(before)) assert.deepEqual(job, before);
        } else moves.add(`new ${job.state}`);
        seen.set(job.id, job);
      }
    }
    for (const move of ['new WAITING', 'WAITING RUNNING', 'RUNNING COMPLETED', 'RUNNING ERROR']) {
      assert.ok(moves.has(move), move);
    }
  });

  it('has dates that agree with the state, and durations from 20 seconds to several minutes', () => {
    const world = new World(1, t0);
    for (const now of [t0, t0 + 33 * minute, t0 + 5 * hour]) {
      world.advance(now);
      for (const job of world.jobs()) {
        const { createdOn, startDate, endDate } = job;
        assert.equal(endDate !== undefined, isFinished(job));
        assert.equal(job.result === 'NOT_SET', !isFinished(job));
        if (job.state === 'RUNNING') assert.ok(startDate !== undefined);
        if (job.state === 'WAITING') assert.ok(startDate === undefined);
        if (startDate !== undefined) assert.ok(createdOn <= startDate && startDate <= now);
        if (endDate !== undefined) assert.ok((startDate ?? createdOn) <= endDate && endDate <= now);
        if (startDate !== undefined && endDate !== undefined) {
          const ran = endDate - startDate;
          assert.ok(ran >= 20_000 && ran <= 12 * minute, `${job.name} ran ${ran} ms`);
        }
      }
    }
  });

  it('lets jobs of one name take about the same time, so that a usual duration means something', () => {
    const world = new World(1, t0);
    world.advance(t0 + 4 * hour);
    const durations = new Map<string, number[]>();
    for (const job of world.jobs()) {
      if (job.startDate === undefined || job.endDate === undefined) continue;
      durations.set(job.name, [...(durations.get(job.name) ?? []), job.endDate - job.startDate]);
    }
    const recurring = [...durations.values()].filter((list) => list.length >= 20);
    assert.ok(recurring.length >= 8);
    for (const list of recurring) {
      const median = list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
      const near = list.filter((value) => value > median * 0.7 && value < median * 1.4).length;
      assert.ok(near / list.length > 0.85, `${near} of ${list.length}`);
    }
  });

  it('is the same however often it is asked', () => {
    const [often, once] = [new World(9, t0), new World(9, t0)];
    for (let now = t0; now < t0 + hour; now += 1_234) often.advance(now);
    for (const world of [often, once]) world.advance(t0 + hour);
    assert.deepEqual(copy(often), copy(once));
  });

  it('stays quick, bounded and alive over days of use and over weeks of sleep', () => {
    const world = new World(1, t0);
    let now = t0;
    for (const step of [30 * minute, hour, 12 * hour, 45 * day, 365 * day]) {
      for (let turn = 0; turn < 5; turn++) {
        now += step;
        const began = performance.now();
        world.advance(now);
        assert.ok(performance.now() - began < 1000);
        const jobs = world.jobs();
        assert.ok(jobs.length <= 2000);
        assert.ok(count(jobs, 'RUNNING') >= 3 && count(jobs, 'WAITING') >= 1);
        for (const job of jobs)
          if (!isFinished(job)) assert.ok(job.createdOn > now - hour, 'an active job is recent');
      }
    }
    assert.equal(world.jobs().length, 2000);
  });

  it('stands still while the clock does, and when it goes back', () => {
    const world = new World(1, t0);
    const before = copy(world);
    world.advance(t0);
    world.advance(t0 - day);
    assert.deepEqual(copy(world), before);
  });
});
