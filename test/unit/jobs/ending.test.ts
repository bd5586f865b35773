import assert from 'node:assert/strict';
import { endedText, endingOf, levelOf, type Ended } from '../../../src/jobs/ending';
import { job } from '../../support/jobs';

describe('the end of a job', () => {
  it('has a level and words for every way to end', () => {
    const one = (fields: Parameters<typeof job>[1]): Ended => {
      const each = job('a', { ended: 5, ...fields });
      return {
        connection: 'one',
        instance: 'Production',
        job: each,
        ending: endingOf(each) ?? 'gone',
        away: false,
      };
    };
    const ways = [
      one({ state: 'completed' }),
      one({ state: 'completed', result: 'COMPLETED_WITH_ERROR' }),
      one({ state: 'completed', result: 'ABORTED' }),
      one({ state: 'completed', result: 'FAILURE' }),
      one({ state: 'failed' }),
      one({ state: 'canceled' }),
      one({ state: 'other', rawState: 'ARCHIVED' }),
    ];
    assert.deepEqual(
      ways.map((each) => `${levelOf([each])}: ${endedText([each])}`),
      [
        'information: "Job a" on Production completed.',
        'warning: "Job a" on Production completed with errors.',
        'warning: "Job a" on Production was aborted.',
        'error: "Job a" on Production failed.',
        'error: "Job a" on Production failed.',
        'warning: "Job a" on Production was canceled.',
        'information: "Job a" on Production ended: ARCHIVED.',
      ],
    );
    assert.equal(
      endedText(ways),
      '7 jobs ended on Production: 2 failed, 1 with errors, 1 aborted, 1 canceled, 2 completed.',
    );
  });
});
