import assert from 'node:assert/strict';
import type { Job } from '../../../src/jobs/job';
import type { ImportSummary } from '../../../src/jobs/query';
import { readableJob } from '../../../src/jobs/readable';
import { job, minute } from '../../support/jobs';

const run = (fields: Parameters<typeof job>[1] = {}): Job =>
  job('a', { name: 'Nightly', state: 'completed', startedOn: minute(3), ended: 10, ...fields });

/** The lines of a run that another one doesn't have at the same place. */
function differing(one: Job, other: Job, ...summaries: (ImportSummary | undefined)[]): string[] {
  const [mine = '', others = ''] = [one, other].map((each, at) => readableJob(each, summaries[at]));
  const lines = others.split('\n');
  return mine.split('\n').flatMap((line, at) => (line === lines[at] ? [] : [line.trim()]));
}

describe('readableJob', () => {
  it('says how long the job waited and ran, where both ends are known and in their order', () => {
    const text = readableJob(run(), undefined);
    assert.match(text, /"waited": "2 min"/);
    assert.match(text, /"ran": "7 min"/);
    for (const odd of [run({ startedOn: undefined }), run({ startedOn: minute(99), created: 100 })])
      assert.doesNotMatch(readableJob(odd, undefined), /waited|ran/);
  });

  it('has a line for each thing that differs between two runs', () => {
    assert.deepEqual(differing(run({ ended: 12, result: 'SUCCESS' }), run({ result: 'FAILURE' })), [
      '"endedOn": "2026-01-01T00:12:00.000Z",',
      '"result": "SUCCESS",',
      '"ran": "9 min"',
    ]);
    assert.deepEqual(differing(run(), run()), []);
  });

  it('has a line for each line of a message', () => {
    const [one, other] = ['Read 5\nWrote 5\r\nDone', 'Read 5\nWrote 4\rDone'].map((message) =>
      run({ message }),
    );
    assert.ok(one && other);
    assert.deepEqual(differing(one, other), ['"Wrote 5",']);
    assert.match(readableJob(run({ message: 'One line' }), undefined), /"message": "One line"/);
    assert.match(readableJob(run({ message: '12' }), undefined), /"message": "12"/);
  });

  it('has a line for each field of a message that is JSON, also inside a JSON string', () => {
    const message = JSON.stringify({ assets: 3, deep: { relations: 1 } });
    const other = run({ message: message.replace('3', '4') });
    assert.deepEqual(differing(run({ message }), other), ['"assets": 3,']);
    assert.deepEqual(differing(run({ message: JSON.stringify(message) }), other), ['"assets": 3,']);
  });

  it('shows what parsing a message would lose', () => {
    const one = run({ message: '{"id":12345678901234567890,"a":1,"a":2}' });
    assert.equal(differing(one, run({ message: '{"id":12345678901234567891,"a":1,"a":2}' })).length, 1);
    assert.equal(differing(one, run({ message: '{"id":12345678901234567890,"a":0,"a":2}' })).length, 1);
  });

  it('has a line for each counter of an import, whatever its categories are called', () => {
    const summary = (added: number, removed: number): ImportSummary => ({
      kind: 'summary',
      errorsCount: 0,
      types: [
        {
          resourceType: 'Asset',
          added: 1,
          categories: [
            { name: 'added', added },
            { name: 'Twice', removed: 7 },
            { name: 'Twice', removed },
          ],
        },
      ],
    });
    assert.deepEqual(differing(run(), run(), summary(5, 8), summary(6, 8)), ['"added": 5']);
    assert.deepEqual(differing(run(), run(), summary(5, 8), summary(5, 9)), ['"removed": 8']);
    assert.match(readableJob(run(), summary(5, 8)), /"added": 1,[^]*"removed": 7/);
  });
});
