import assert from 'node:assert/strict';
import type { DetailsState } from '../../../src/details/protocol';
import { instantFormatter } from '../../../src/webview/instants';
import { receive } from '../../../src/webview/receive';
import { ada, created, ended, started, stateWith } from './state';

const sent = (state: DetailsState) => JSON.parse(JSON.stringify(state)) as DetailsState;

describe('receive', () => {
  it('turns the instants of a message back into dates', () => {
    const state = stateWith({
      name: 'Import',
      user: ada,
      createdOn: created,
      startedOn: started,
      endedOn: ended,
      lastModifiedOn: ended,
    });
    assert.deepEqual(receive(sent(state)), state);
  });

  it('leaves out instants that are none', () => {
    const state = sent(stateWith({ createdOn: new Date(NaN) }));
    assert.deepEqual(Object.keys(receive(state).job), ['id', 'state']);
  });
});

describe('instantFormatter', () => {
  it('formats in the language given, and in any language when that is no language', () => {
    assert.match(instantFormatter('de')(created), /01\.03\.2026/);
    assert.match(instantFormatter('not a language')(created), /2026/);
    assert.match(instantFormatter('')(created), /2026/);
  });
});
