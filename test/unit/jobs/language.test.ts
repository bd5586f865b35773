import assert from 'node:assert/strict';
import { formatAgo, formatNumber, formatPercent, plural, speak } from '../../../src/jobs/language';

describe('The language', () => {
  afterEach(() => speak('en', false));

  const jobs = (count: number) =>
    plural(count, { one: (n) => `${n} job`, many: (n) => `${n} of jobs`, other: (n) => `${n} jobs` });

  it('chooses the form of a sentence by the count', () => {
    assert.deepEqual([0, 1, 2, 1_000_000].map(jobs), ['0 jobs', '1 job', '2 jobs', '1,000,000 jobs']);
    speak('de', true);
    assert.deepEqual([0, 1, 2, 1_000_000].map(jobs), ['0 jobs', '1 job', '2 jobs', '1.000.000 jobs']);
    speak('fr', true);
    assert.deepEqual(
      [0, 1, 2, 1_000_000].map((count) => jobs(count).replace(/\s/g, ' ')),
      ['0 job', '1 job', '2 jobs', '1 000 000 of jobs'],
    );
  });

  it('takes the form for several where another is not given', () => {
    assert.equal(plural(1, { other: (n) => `all ${n}` }), 'all 1');
  });

  it('forms English sentences where there is no translation, with numbers of the language', () => {
    speak('fr', false);
    assert.equal(jobs(0), '0 jobs');
    assert.equal(formatAgo(5, 'minute'), '5 min. ago');
    assert.match(formatNumber(1234), /^1\s234$/);
  });

  it('writes ages and percentages as the language does', () => {
    speak('de', true);
    assert.equal(formatAgo(5, 'minute'), 'vor 5 Min.');
    assert.match(formatPercent(84), /^84\s%$/);
  });

  it('takes what is no language for English', () => {
    speak('no language at all', true);
    assert.equal(formatNumber(1234), '1,234');
  });
});
