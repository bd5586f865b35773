import assert from 'node:assert/strict';
import {
  formatAge,
  formatDuration,
  formatProgress,
  jobTitle,
  oneLine,
  resultLabel,
  stateLabel,
  stateLabelOf,
} from '../../../src/jobs/format';
import { jobStates, knownResults } from '../../../src/jobs/job';

const s = 1000;
const min = 60 * s;
const h = 60 * min;
const d = 24 * h;

describe('format', () => {
  it('has a word of its own for every state and every known result', () => {
    assert.equal(new Set(jobStates.map(stateLabel)).size, jobStates.length);
    assert.equal(new Set(knownResults.map(resultLabel)).size, knownResults.length);
    assert.equal(stateLabel('canceling'), 'Canceling');
    assert.equal(resultLabel('COMPLETED_WITH_ERROR'), 'Completed with errors');
  });

  it('calls unknown states and results by the word of the server, on one line', () => {
    assert.equal(stateLabelOf({ state: 'other', rawState: 'PAUSED\nBY_ADMIN' }), 'PAUSED BY_ADMIN');
    assert.equal(stateLabelOf({ state: 'other' }), 'Other');
    assert.equal(stateLabelOf({ state: 'other', rawState: ' \n' }), 'Other');
    assert.equal(stateLabelOf({ state: 'failed', rawState: 'ERROR' }), 'Failed');
    assert.equal(resultLabel('PARTIAL'), 'PARTIAL');
  });

  it('gives a duration in two units, rounded down', () => {
    const expected: [number, string][] = [
      [0, 'less than 1 s'],
      [103, 'less than 1 s'],
      [45 * s + 999, '45 s'],
      [59 * s + 999, '59 s'],
      [min, '1 min'],
      [4 * min + 12 * s, '4 min 12 s'],
      [h - 1, '59 min 59 s'],
      [2 * h + 5 * min + 59 * s, '2 h 5 min'],
      [2 * h, '2 h'],
      [3 * d + 4 * h, '3 d 4 h'],
      [400 * d, '400 d'],
    ];
    for (const [ms, text] of expected) assert.equal(formatDuration(ms), text);
  });

  it('gives an age in one unit, and takes a time ahead for now', () => {
    const now = Date.UTC(2026, 0, 2);
    const age = (ms: number) => formatAge(new Date(now - ms), now);
    assert.equal(age(-5 * min), 'just now');
    assert.equal(age(59 * s), 'just now');
    assert.equal(age(3 * min), '3 min. ago');
    assert.equal(age(2 * h), '2 hr. ago');
    assert.equal(age(5 * d + 23 * h), '5 days ago');
    assert.equal(age(800 * d), '2 yr. ago');
  });

  it('says 100% only when all is done, and nothing outside 0% to 100%', () => {
    assert.deepEqual([42, 56.99999999999999, 99.7, 100, 0.2, -3, 250].map(formatProgress), [
      '42%',
      '57%',
      '99%',
      '100%',
      '0%',
      '0%',
      '100%',
    ]);
  });

  it('calls a job by its name, else its type, else the start of its id', () => {
    const id = 'fdf9e319-94b9-43e2-b04d-6b4594e427d5';
    assert.equal(jobTitle({ id, name: ' Nightly\r\nimport ', type: 'IMPORT' }), 'Nightly import');
    assert.equal(jobTitle({ id, name: '  ', type: 'IMPORT' }), 'IMPORT');
    assert.equal(jobTitle({ id }), 'Job fdf9e319');
    assert.equal(jobTitle({ id: '7', name: '\u202e' }), 'Job 7');
  });

  it('brings text onto one line, without characters that reach beyond it', () => {
    assert.equal(oneLine('a\u0000b\tc\r\n\r\nd\u2028e\u009bf'), 'a b c d e f');
    assert.equal(oneLine('invoice\u202egpj.exe\u202c \u2066x\u2069'), 'invoice gpj.exe x');
    assert.equal(oneLine('שלום\u200f!'), 'שלום\u200f!');
  });

  it('shortens by characters, not halves of them', () => {
    assert.equal(oneLine('abcdef', 6), 'abcdef');
    assert.equal(oneLine('abcdefg', 6), 'abcde…');
    assert.equal(oneLine('abc defg', 5), 'abc…');
    assert.equal(oneLine('😀😀😀', 3), '😀😀😀');
    assert.equal(oneLine('😀😀😀', 2), '😀…');
  });
});
