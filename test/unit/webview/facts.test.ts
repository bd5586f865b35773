import assert from 'node:assert/strict';
import type { DetailsState } from '../../../src/details/protocol';
import { factGroups, type Fact } from '../../../src/webview/facts';
import { ada, created, ended, started, stateWith } from './state';

const minute = 60_000;

function facts(state: DetailsState, now = created.getTime() + 10 * minute): Map<string, Fact> {
  const all = factGroups(state, now, (instant) => `local ${instant.toISOString()}`).flatMap(
    (group) => group.facts,
  );
  return new Map(all.map((fact) => [fact.id, fact]));
}

/** What the lines say that are shown. */
function shown(state: DetailsState, now?: number): Record<string, string> {
  return Object.fromEntries(
    [...facts(state, now).values()].flatMap((fact) =>
      fact.text === undefined ? [] : [[fact.label, [fact.text, fact.secondary].filter(Boolean).join(' | ')]],
    ),
  );
}

describe('factGroups', () => {
  it('shows everything that is known of a finished job', () => {
    const state = stateWith({
      state: 'failed',
      rawState: 'ERROR',
      result: 'FAILURE',
      type: 'IMPORT',
      createdOn: created,
      createdBy: ada,
      startedOn: started,
      endedOn: ended,
      lastModifiedOn: ended,
      lastModifiedBy: 'someone-else',
      user: ada,
      cancelable: false,
      visibility: 0,
      system: false,
      selfManaged: true,
    });
    assert.deepEqual(shown(state), {
      Duration: '4 min 12 s',
      Created: 'local 2026-03-01T10:00:00.000Z | 10 min. ago',
      Started: 'local 2026-03-01T10:01:00.000Z | 9 min. ago',
      Ended: 'local 2026-03-01T10:05:12.345Z | 4 min. ago',
      'Last modified': 'local 2026-03-01T10:05:12.345Z | 4 min. ago',
      User: `Ada Lovelace | ${ada}`,
      'Created by': `Ada Lovelace | ${ada}`,
      'Last modified by': 'someone-else',
      Type: 'IMPORT',
      Result: 'Failure',
      'State on the server': 'ERROR',
      ID: 'fdf9e319-94b9-43e2-b04d-6b4594e427d5',
      'Can be canceled': 'No',
      Visibility: '0',
      'System job': 'No',
      'Self-managed': 'Yes',
    });
  });

  it('says what is missing of a job that waits, and for how long it has', () => {
    assert.deepEqual(shown(stateWith({ state: 'waiting', rawState: 'WAITING', createdOn: created })), {
      'Waiting for': '10 min',
      Created: 'local 2026-03-01T10:00:00.000Z | 10 min. ago',
      Started: 'Not started yet',
      Ended: 'Not finished yet',
      User: 'Not known',
      Type: 'Not known',
      Result: 'None yet',
      ID: 'fdf9e319-94b9-43e2-b04d-6b4594e427d5',
    });
  });

  it('ticks while the job runs, and claims nothing of one that is gone', () => {
    const running = stateWith({ startedOn: started, result: 'NOT_SET' });
    assert.equal(shown(running, started.getTime() + 61_000)['Running for'], '1 min 1 s');
    const gone = shown({ ...running, gone: true });
    assert.equal(gone['Running for'] ?? gone['Duration'], undefined);
    assert.equal(gone['Ended'], 'Not known');
    assert.equal(gone['Result'], 'Not set');
  });

  it('does not say "not started" of a running job whose start nobody told', () => {
    assert.equal(shown(stateWith())['Started'], 'Not known');
  });

  it('keeps the word of the server beside a translated result', () => {
    const state = stateWith({ state: 'completed', rawState: 'COMPLETED', result: 'COMPLETED_WITH_ERROR' });
    assert.equal(shown(state)['Result'], 'Completed with errors | COMPLETED_WITH_ERROR');
    assert.equal(shown(state)['State on the server'], undefined);
  });

  it('always has the same lines in the same order', () => {
    const bare = facts(stateWith({ id: '7', state: 'other', rawState: 'PAUSED' }));
    const full = facts(stateWith({ startedOn: started, selfManaged: false, lastModifiedBy: ada }));
    assert.deepEqual([...bare.keys()], [...full.keys()]);
  });

  it('takes no name from the prototype of the list of users', () => {
    assert.equal(shown(stateWith({ user: 'constructor' }))['User'], 'constructor');
  });
});
