import assert from 'node:assert/strict';
import { givenFilter, givenQuery } from '../../../src/jobs/given';

describe('what another program gives', () => {
  it('as a filter is taken whole or not at all, so that nothing is shown that was not asked for', () => {
    const whole = {
      ...{ name: 'x', nameMatchMode: 'EXACT', states: ['failed'], results: ['FAILURE'], types: ['IMPORT'] },
      ...{ user: 'jane', userName: 'Jane', visible: false, started: { within: 'day' }, ended: { from: 1 } },
    };
    assert.deepEqual(JSON.parse(JSON.stringify(givenFilter(whole))), whole);
    assert.ok(Object.values(givenFilter({ name: undefined })).every((value) => value === undefined));
    const wrong: [unknown, RegExp][] = [
      ...[null, 7, 'failed', ['failed']].map((given): [unknown, RegExp] => [given, /must be an object/]),
      [{ state: ['failed'] }, /has no field "state"/],
      [{ constructor: 1 }, /has no field "constructor"/],
      ...[
        ...[{ states: 'failed' }, { states: ['faild'] }, { states: ['failed', 'gone'] }, { states: [] }],
        ...[{ results: [7] }, { types: [] }, { types: null }, { visible: 'yes' }, { name: '' }, { user: {} }],
        ...[
          { nameMatchMode: 'start' },
          { started: 'today' },
          { started: {} },
          { started: { within: 'year' } },
        ],
        ...[
          { ended: { from: '2026-11-23' } },
          { ended: { since: 1 } },
          { ended: { within: 'day', from: 1 } },
        ],
      ].map((given): [unknown, RegExp] => [given, new RegExp(`"${Object.keys(given).join()}"`)]),
    ];
    for (const [given, sentence] of wrong)
      assert.throws(() => givenFilter(given), { message: sentence }, JSON.stringify(given));
  });

  it('as a query is taken whole or not at all', () => {
    const whole = { states: ['failed', 'gone'], types: [], sort: { field: 'endedOn', order: 'desc' } };
    assert.deepEqual(givenQuery(whole), whole);
    for (const given of [
      ...[null, [], { state: ['failed'] }, { ended: { within: 'day' } }, { states: 'failed' }, { name: 7 }],
      ...[{ sort: 'name' }, { sort: { field: 'age', order: 'asc' } }, { sort: { field: 'name' } }],
    ])
      assert.throws(() => givenQuery(given), /^Error: The argument "query" /, JSON.stringify(given));
  });
});
