import assert from 'node:assert/strict';
import { table } from '../../bench/table';

describe('The table of the bench', () => {
  it('shows each figure with its limit, and marks those that miss it or could not be computed', () => {
    const figures = [
      { name: 'requests', value: 2, unit: 'requests', atMost: 2 },
      { name: 'rate', value: 0.6951, unit: '×', atLeast: 0.7 },
      { name: 'bytes', value: 1234567, unit: 'bytes' },
      { name: 'heap', value: NaN, unit: '%', atMost: 5 },
    ];
    assert.deepEqual(table(figures).split('\n'), [
      'requests  2 requests       at most 2',
      'rate      0.695 ×          at least 0.7  missed',
      'bytes     1,234,567 bytes',
      'heap      NaN %            at most 5     missed',
    ]);
  });
});
