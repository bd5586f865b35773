import assert from 'node:assert/strict';
import { boundsOf, isEmpty, matches, parseFilter, parseTime, type Filter } from '../../../src/jobs/filter';
import { filterText } from '../../../src/jobs/filterText';
import type { Job } from '../../../src/jobs/job';

const now = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;
const job: Job = {
  id: 'a',
  name: 'Synchronization of batch',
  type: 'IMPORT',
  state: 'completed',
  result: 'COMPLETED_WITH_ERROR',
  createdBy: 'jane',
  startedOn: new Date(now - 30 * minute),
  endedOn: new Date(now - 20 * minute),
};

describe('a filter', () => {
  it('lets through what it says, and nothing else', () => {
    const cases: [Filter, boolean][] = [
      [{}, true],
      [{ name: 'OF b' }, true],
      [{ name: 'of', nameMatchMode: 'START' }, false],
      [{ name: 'sync', nameMatchMode: 'START' }, true],
      [{ name: 'BATCH', nameMatchMode: 'END' }, true],
      [{ name: 'synchronization of batch', nameMatchMode: 'EXACT' }, false],
      [{ name: 'Synchronization of batch', nameMatchMode: 'EXACT' }, true],
      [{ states: ['failed', 'completed'] }, true],
      [{ states: ['failed'] }, false],
      [{ results: ['SUCCESS'] }, false],
      [{ results: ['COMPLETED_WITH_ERROR'] }, true],
      [{ types: ['IMPORT'] }, true],
      [{ types: ['import'] }, false],
      [{ user: 'jane' }, true],
      [{ user: 'john' }, false],
      [{ started: { within: 'hour' } }, true],
      [{ ended: { within: 'hour' } }, true],
      [{ ended: { from: now - 10 * minute } }, false],
      [{ ended: { from: now - 20 * minute, to: now - 20 * minute } }, true],
      [{ started: { to: now - 31 * minute } }, false],
    ];
    for (const [filter, expected] of cases)
      assert.equal(matches(job, filter, now), expected, JSON.stringify(filter));
  });

  it('by its end shows nothing that goes on, or of which nobody knows when it ended', () => {
    const ended = { ended: { within: 'week' } } as const;
    assert.ok(!matches({ ...job, state: 'running' }, ended, now));
    assert.ok(!matches({ ...job, endedOn: undefined }, ended, now));
  });

  it('moves along with the clock, and today begins at midnight here', () => {
    assert.equal(boundsOf({ within: 'day' }, now).from, now - 24 * 60 * minute);
    const today = new Date(boundsOf({ within: 'today' }, now).from);
    assert.deepEqual([today.getHours(), today.getMinutes(), today.getMilliseconds()], [0, 0, 0]);
    assert.ok(now - today.getTime() < 24 * 60 * minute && today.getTime() <= now);
  });

  it('comes back as it was stored, without what can not be understood', () => {
    const whole: Filter = {
      ...{ name: 'x', nameMatchMode: 'EXACT', states: ['failed'], results: ['FAILURE'], types: ['IMPORT'] },
      ...{
        user: 'jane',
        userName: 'Jane',
        visible: true,
        started: { within: 'day' },
        ended: { from: 1, to: 2 },
      },
    };
    assert.deepEqual(parseFilter(JSON.parse(JSON.stringify(whole))), whole);
    const damaged = [
      null,
      7,
      { name: 7, states: 'failed', types: [], results: [7], visible: 'yes', user: '', nameMatchMode: 'x' },
      { nameMatchMode: 'EXACT' },
      { states: ['gone'], started: { within: 'year' }, ended: { from: 'x' } },
    ];
    for (const stored of damaged) assert.ok(isEmpty(parseFilter(stored)), JSON.stringify(stored));
  });

  it('takes the times that people write as local ones, a day alone from its beginning to its end', () => {
    const local = (...parts: [number, number, number, number?, number?, number?, number?]) =>
      new Date(...parts).getTime();
    const start = local(2026, 10, 23);
    assert.equal(parseTime('2026-11-23 08:05'), local(2026, 10, 23, 8, 5));
    assert.equal(parseTime(' 2026-11-23T08:05:30 '), local(2026, 10, 23, 8, 5, 30));
    assert.equal(parseTime('2026-11-23'), start);
    assert.equal(parseTime('2026-11-23', 'until'), local(2026, 10, 23, 23, 59, 59, 999));
    for (const text of [
      '7',
      '2026',
      '08:00',
      'yesterday',
      '2026-13-01',
      '2026-02-30',
      '2026-11-23 25:00',
      '',
    ])
      assert.ok(Number.isNaN(parseTime(text)), text);
  });

  it('is said in words', () => {
    const filter: Filter = { name: 'batch', states: ['failed'], types: ['IMPORT'], ended: { within: 'day' } };
    assert.deepEqual(filterText(filter, 'en'), [
      'name contains "batch"',
      'Failed',
      'IMPORT',
      'ended in the last 24 hours',
    ]);
    assert.match(
      filterText({ started: { from: now, to: now } }, 'en').join(),
      /^started from Nov 23, 2026.* to /,
    );
  });
});
