import assert from 'node:assert/strict';
import fc from 'fast-check';
import { baselineOf, kindOf, pastQuery, pastRuns, pointsOf } from '../../../src/jobs/baseline';
import { endText, remarkText, usualText } from '../../../src/jobs/baselineText';
import { finishedStates, jobStates, knownResults, type Job } from '../../../src/jobs/job';
import { job, minute } from '../../support/jobs';

const min = 60_000;
const now = minute(10_000).getTime();
const uuid = '01929a5e-0000-7000-8000-000000000001';
const kind = { name: 'Nightly import 2026-11-23 of Sales (4711)', type: 'IMPORT' };

/** A completed run of the kind: when it was created, how long it waited and ran, all in minutes. */
const run = (id: string, ran: number, more: Partial<Job> = {}, created = 100, waits = 1): Job => ({
  ...job(id, { ...kind, created, state: 'completed', result: 'SUCCESS' }),
  startedOn: minute(created + waits),
  endedOn: minute(created + waits + ran),
  ...more,
});
/** Runs of 1, 2, … 10 minutes. */
const ten = Array.from({ length: 10 }, (_, at) => run(`run ${at}`, at + 1, {}, at * 20));
const running = (minutes: number): Job => ({
  ...job('now', kind),
  startedOn: new Date(now - minutes * min),
});

describe('the kind of a job', () => {
  const named = (name: string) => kindOf({ name, type: 'IMPORT' });

  it('is the type, and the name without UUIDs, numbers and dates', () => {
    const alike: string[][] = [
      ['Nightly import 2026-11-23 of Sales (4711)', 'Nightly import 2026-11-22 of Sales (4712)'],
      [`Batch for id: ${uuid}`, 'Batch for id: FDF9E319-94b9-43e2-b04d-6b4594e427d5'],
      [`Batch 12 ${uuid}`, 'Batch 7 fdf9e31994b943e2b04d6b4594e427d5'],
      ['Load of 23.11.2026 02:00', 'Load of 2026-11-23T02:00:00.000+01:00', 'Load of 23 Nov 2026'],
      ['Load of Nov 23, 2026', 'Load of 2026/11/23', 'Load of September 1, 2026 14:05', 'Load of 1.5'],
      ['Import a\u0000b', 'Import a1b'],
    ];
    for (const names of alike) assert.equal(new Set(names.map((name) => named(name).name)).size, 1, names[0]);
    const kinds = [
      'Import of Sales 1',
      'Import of Costs 1',
      'Import of Sales',
      'import of sales 1',
      'May 1',
      '1',
    ];
    assert.equal(new Set(kinds.map((name) => named(name).name)).size, kinds.length - 1);
    assert.equal(named('4 marketing runs').name, '… marketing runs');
  });

  it('has for a prefix what stands before the first part that was taken out', () => {
    assert.equal(named('Nightly import 2026-11-23 of Sales (4711)').prefix, 'Nightly import');
    assert.equal(named('Export of Policies').prefix, 'Export of Policies');
    assert.equal(named('Costs of Delmar 12').prefix, 'Costs of Delmar');
    assert.equal(named(`${uuid} import`).prefix, '');
    assert.deepEqual(kindOf({ type: 'IMPORT' }), { type: 'IMPORT', prefix: '' });
  });

  it('is found by type and prefix, by the whole name where nothing was taken out', () => {
    const common = { states: finishedStates, sort: { field: 'endedOn', order: 'desc' } };
    const asked = (name: string | undefined, type: string | undefined = 'IMPORT') => {
      const query = pastQuery({ name, type });
      if (query) assert.deepEqual({ states: query.states, sort: query.sort }, common);
      return query && [query.types?.join(), query.name, query.nameMatchMode];
    };
    assert.deepEqual(asked(kind.name), ['IMPORT', 'Nightly import', 'START']);
    assert.deepEqual(asked('Reindex'), ['IMPORT', 'Reindex', 'EXACT']);
    assert.deepEqual(asked('X'), ['IMPORT', 'X', 'EXACT']);
    assert.deepEqual(asked('X 12'), ['IMPORT', undefined, undefined]);
    assert.deepEqual(asked(' \t '), ['IMPORT', undefined, undefined]);
    assert.deepEqual(asked(undefined), ['IMPORT', undefined, undefined]);
    const long = '😀'.repeat(400);
    assert.deepEqual(asked(long), ['IMPORT', '😀'.repeat(100), 'START']);
    const untyped = (name?: string) => pastQuery(name === undefined ? {} : { name });
    assert.deepEqual(untyped('Reindex 5')?.types, undefined);
    assert.equal(untyped('Reindex 5')?.name, 'Reindex');
    assert.equal(untyped('4711'), undefined);
    assert.equal(untyped(), undefined);
  });

  it('can always be written into an address', () => {
    const hostile = fc.string({
      unit: fc.constantFrom('a', 'B', '7', ' ', '\ud83d', '\ude00', '\u0000', '…'),
    });
    const any = fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(fc.oneof(hostile, any), (name) => {
        const asked = pastQuery({ name, type: 'T' })?.name ?? '';
        assert.ok(encodeURIComponent(asked).length <= 900);
        assert.doesNotMatch(asked, /\p{Cc}/u);
        // What is asked for has to find the job itself.
        assert.ok(name.startsWith(asked));
      }),
    );
  });

  it('costs no more the longer the name is', () => {
    const pieces = ['a', '1', '1 ', '1-', 'a1', 'deadbeef-', 'nov ', '1 nov ', '… ', '\ud83d', ' ', uuid];
    for (const piece of pieces) {
      const name = piece.repeat(Math.ceil(3e6 / piece.length));
      const jobs = Array.from({ length: 50 }, (_, at) => run(`${at}`, 1, { name }));
      const started = performance.now();
      assert.ok(baselineOf({ ...running(1), name }, jobs, now));
      assert.ok(performance.now() - started < 500, piece);
    }
  });
});

describe('what is usual for a job', () => {
  const usual = (earlier: readonly Job[], given = running(1)) => baselineOf(given, earlier, now);

  it('is how long the runs took that went through, and how long they waited', () => {
    const others = [
      ...finishedStates.slice(0, 2).map((state) => run(state, 500, { state })),
      ...['ABORTED', 'FAILURE'].map((result) => run(result, 500, { result })),
      run('other name', 500, { name: 'Nightly import 2026-11-23 of Costs (1)' }),
      run('other type', 500, { type: 'EXPORT' }),
      run('unstarted', 500, { startedOn: undefined }),
      run('unended', 500, { endedOn: undefined }),
      run('backwards', -1),
      run('in the future', 20_000),
      run('now', 500),
    ];
    const expected = { count: 10, median: 5 * min, ninthDecile: 9 * min };
    const waiting = { count: 10, median: min, ninthDecile: min };
    const baseline = usual([...others, ...ten, ...ten]);
    const end = new Date(now + 4 * min);
    assert.deepEqual(baseline, { running: expected, waiting, slow: false, waitsLong: false, end });
    for (const result of ['COMPLETED_WITH_ERROR', 'NOT_SET', 'PARTIAL', undefined])
      assert.equal(usual([...ten, run('x', 5, { result })])?.running.count, 11);
  });

  it('is not told by fewer than five runs', () => {
    assert.equal(usual(ten.slice(0, 4)), undefined);
    assert.equal(usual([]), undefined);
    assert.equal(usual(ten.slice(0, 5))?.running.ninthDecile, 5 * min);
    for (const createdOn of [undefined, new Date(now)]) {
      const { running, waiting } = usual(ten.map((each) => ({ ...each, createdOn }))) ?? assert.fail();
      assert.deepEqual([running.count, waiting], [10, undefined]);
    }
    const unnamed = Array.from({ length: 5 }, (_, at) => run(`${at}`, 1, { name: undefined }));
    assert.equal(usual(unnamed, { ...running(1), name: undefined })?.running.count, 5);
    assert.equal(usual(unnamed), undefined);
  });

  it('makes a job slow that is clearly past what nine of ten took', () => {
    // 9 min, a quarter of them, and half a minute.
    assert.equal(usual(ten, running(11.7))?.slow, false);
    assert.equal(usual(ten, running(11.8))?.slow, true);
    const short = ten.map((each) => ({ ...each, endedOn: each.startedOn }));
    assert.equal(usual(short, running(0.5))?.slow, false);
    assert.equal(usual(short, running(0.6))?.slow, true);
    assert.equal(usual(ten, run('now', 12))?.slow, true);
  });

  it('makes a job wait long that waits far longer than nine of ten did', () => {
    const waiting = (minutes: number) => job('now', { ...kind, state: 'waiting', created: 10_000 - minutes });
    assert.equal(usual(ten, waiting(3))?.waitsLong, false);
    assert.equal(usual(ten, waiting(3.1))?.waitsLong, true);
    assert.equal(usual(ten, { ...waiting(9), createdOn: undefined })?.waitsLong, false);
    assert.equal(usual(ten, { ...running(1), createdOn: minute(1) })?.waitsLong, false);
  });

  it('estimates the end by the median, then by nine of ten, then not at all', () => {
    const left = (given: Job) => {
      const end = usual(ten, given)?.end;
      return end && (end.getTime() - now) / min;
    };
    assert.equal(left(running(1)), 4);
    assert.equal(left(running(5)), 4);
    assert.equal(left(running(8)), 1);
    assert.equal(left(running(9)), undefined);
    assert.equal(left({ ...running(1), progress: 99 }), 4);
    // A clock that is a little behind.
    assert.equal(left(running(-0.5)), 5);
    for (const state of jobStates.filter((each) => each !== 'running'))
      assert.equal(left({ ...running(1), state }), undefined);
  });

  it('is said in words', () => {
    const text = (given: Job) => remarkText(usual(ten, given) ?? assert.fail());
    assert.equal(
      usualText({ count: 37, median: 4 * min, ninthDecile: 7 * min - 1 }),
      'usually 4 min (median of 37), 9 of 10 within 7 min',
    );
    assert.equal(
      usualText({ count: 5, median: 0, ninthDecile: 0 }),
      'usually less than 1 s (median of 5), 9 of 10 within 1 s',
    );
    assert.match(usualText({ count: 5, median: 0, ninthDecile: 61 * min + 1 }), /within 1 h 2 min$/);
    assert.match(usualText({ count: 5, median: 0, ninthDecile: 24 * 60 * min + 1 }), /within 1 d 1 h$/);
    assert.equal(text(running(12)), 'slower than usual');
    assert.equal(text(job('now', { ...kind, state: 'waiting' })), 'waits longer than usual');
    assert.equal(text(running(1)), undefined);
    const end = (minutes: number) =>
      endText(usual(ten, running(minutes)) ?? assert.fail(), (at) => at.toISOString().slice(11, 16));
    assert.equal(end(1), 'probably done at 22:44 (an estimate)');
    assert.equal(end(20), undefined);
  });
});

describe('the chart of a job', () => {
  it('has the latest runs and the job itself, the oldest first', () => {
    const many = Array.from({ length: 70 }, (_, at) => run(`${at}`, 1, {}, at * 20));
    const points = pointsOf(running(3), many.toReversed(), now);
    assert.deepEqual(
      points.map(({ id }) => id),
      [...many.slice(21).map(({ id }) => id), 'now'],
    );
    assert.deepEqual(points.at(-1), {
      ...{ id: 'now', startedOn: new Date(now - 3 * min), duration: 3 * min },
      ...{ state: 'running', result: undefined, current: true },
    });
    assert.equal(points.filter(({ current }) => current).length, 1);
    const waiting = pointsOf(job('now', { ...kind, state: 'waiting' }), many, now);
    assert.deepEqual([waiting.length, waiting.some(({ current }) => current)], [pastRuns, false]);
  });

  it('shows failed runs and says so, and leaves out what runs or never started', () => {
    const failed = run('failed', 2, { state: 'failed', result: 'FAILURE' });
    const others = [run('running', 1, { state: 'running' }), run('never', 1, { startedOn: undefined })];
    const [point, ...more] = pointsOf(run('own', 1, {}, 500), [...others, failed], now);
    assert.deepEqual([point?.id, point?.state, point?.result], ['failed', 'failed', 'FAILURE']);
    assert.deepEqual(
      more.map(({ id }) => id),
      ['own'],
    );
  });
});

describe('any past at all', () => {
  const instant = fc.option(
    fc.oneof(
      fc.date({ min: new Date(1), max: new Date(8.64e15), noInvalidDate: true }),
      fc.integer({ min: -200, max: 10 }).map((minutes) => new Date(now + minutes * min)),
      fc.constant(new Date(NaN)),
    ),
    { nil: undefined },
  );
  const anyJob: fc.Arbitrary<Job> = fc.record({
    id: fc.integer({ min: 0, max: 200 }).map(String),
    name: fc.constantFrom(undefined, 'A 1', 'A 2'),
    type: fc.constantFrom(undefined, 'T'),
    state: fc.constantFrom(...jobStates),
    result: fc.constantFrom(undefined, ...knownResults),
    ...{ createdOn: instant, startedOn: instant, endedOn: instant },
  });
  const given = fc.oneof(
    anyJob,
    anyJob.map((each) => ({ ...each, name: 'A 3', type: 'T' })),
  );
  /** What is there to compare with. */
  const usualJob = fc
    .tuple(anyJob, fc.integer({ min: 0, max: 100 }))
    .map(([{ id }, minutes]) => run(id, minutes, { name: 'A 1', type: 'T' }));
  const past = fc.uniqueArray(fc.oneof(anyJob, usualJob), { selector: ({ id }) => id, maxLength: 80 });

  it('gives numbers that make sense', () => {
    let told = 0;
    fc.assert(
      fc.property(given, past, (own, earlier) => {
        const points = pointsOf(own, earlier, now);
        assert.ok(points.length <= pastRuns);
        for (const { duration, startedOn } of points) assert.ok(duration >= 0 && startedOn.getTime() > 0);
        const starts = points.map(({ startedOn }) => startedOn.getTime());
        assert.deepEqual(
          starts,
          starts.toSorted((a, b) => a - b),
        );
        const baseline = baselineOf(own, earlier, now);
        if (!baseline) return;
        told++;
        const lengths = earlier
          .filter(({ state }) => state === 'completed')
          .map(({ startedOn, endedOn }) => Number(endedOn) - Number(startedOn))
          .filter((length) => length >= 0);
        for (const { median, ninthDecile } of [baseline.running, baseline.waiting ?? baseline.running])
          assert.ok(0 <= median && median <= ninthDecile && Number.isFinite(ninthDecile));
        const { median, ninthDecile } = baseline.running;
        assert.ok(Math.min(...lengths) <= median && ninthDecile <= Math.max(...lengths));
        if (baseline.end) assert.ok(baseline.end.getTime() > now);
      }),
      { numRuns: 500 },
    );
    assert.ok(told > 20, `${told} had a baseline`);
  });

  it("doesn't depend on the order in which it comes", () => {
    const shuffled = past.chain((earlier) =>
      fc.tuple(
        fc.constant(earlier),
        fc.shuffledSubarray(earlier, { minLength: earlier.length, maxLength: earlier.length }),
      ),
    );
    fc.assert(
      fc.property(given, shuffled, (own, [earlier, mixed]) => {
        assert.deepEqual(baselineOf(own, mixed, now), baselineOf(own, earlier, now));
        assert.deepEqual(pointsOf(own, mixed, now), pointsOf(own, earlier, now));
      }),
    );
  });
});
