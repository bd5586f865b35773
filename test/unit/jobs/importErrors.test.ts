import assert from 'node:assert/strict';
import { errorRow, errorsHead, matchingErrors } from '../../../src/jobs/importErrors';
import type { ImportError } from '../../../src/jobs/query';
import { readCsv } from '../../support/csv';

const errors: readonly ImportError[] = [
  {
    ...{
      type: 'VALIDATION',
      resourceType: 'Asset',
      message: 'The status "Aproved", it seems, does not exist.',
    },
    ...{ indices: [12, 13], identifier: 'row-12' },
  },
  { type: 'RUNTIME', message: '=cmd()\nÜBER', indices: [] },
];

describe('errors of an import', () => {
  it('are found by any text that is shown of them', () => {
    const found = (text: string) => matchingErrors(errors, text).map(({ type }) => type);
    for (const text of ['aproved', 'ASSET', 'row-1', ' 13 ', 'valid'])
      assert.deepEqual(found(text), ['VALIDATION']);
    assert.deepEqual(found('über'), ['RUNTIME']);
    assert.deepEqual(found(' '), ['VALIDATION', 'RUNTIME']);
    for (const text of ['undefined', 'nothing of it']) assert.deepEqual(found(text), []);
  });

  it('are rows of CSV that another reader finds again, and no spreadsheet computes', () => {
    assert.equal(errorsHead.charCodeAt(0), 0xfeff);
    assert.deepEqual(readCsv(errorsHead.slice(1) + errors.map(errorRow).join('')), [
      ['type', 'resourceType', 'indices', 'identifier', 'message'],
      ['VALIDATION', 'Asset', '12 13', 'row-12', 'The status "Aproved", it seems, does not exist.'],
      ['RUNTIME', '', '', '', "'=cmd()\nÜBER"],
    ]);
  });
});
