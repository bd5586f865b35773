import assert from 'node:assert/strict';
import type { DetailsState } from '../../../src/details/protocol';
import { pointsOf } from '../../../src/jobs/baseline';
import { signatureOf } from '../../../src/webview/signature';
import { stretchesOf, usualWords } from '../../../src/webview/stretches';
import { created, ended, started, stateWith } from './state';

const minute = 60_000;
const now = created.getTime() + 5 * minute;

describe('stretchesOf', () => {
  const told = (state: DetailsState, end?: Date) =>
    stretchesOf(state, now, end).map(({ kind, length, text }) => [kind, length / minute, text]);

  it('tells how long a job waited, ran, and may go on', () => {
    const running = { createdOn: created, startedOn: started };
    assert.deepEqual(told(stateWith(running), new Date(now + 2 * minute)), [
      ['waited', 1, 'waited 1 min'],
      ['ran', 4, 'running for 4 min'],
      ['left', 2, 'about 2 min left'],
    ]);
    const state = { ...running, state: 'completed', endedOn: new Date(started.getTime() + minute) } as const;
    assert.deepEqual(told(stateWith(state)), [
      ['waited', 1, 'waited 1 min'],
      ['ran', 1, 'ran 1 min'],
    ]);
    assert.deepEqual(told(stateWith({ state: 'waiting', createdOn: created })), [
      ['waited', 5, 'waiting for 5 min'],
    ]);
  });

  it('leaves out what nobody knows', () => {
    // It runs, or ran, without saying since when; the end is not said.
    assert.deepEqual(told(stateWith({ createdOn: created })), []);
    assert.deepEqual(told(stateWith({ state: 'completed', createdOn: created, endedOn: ended })), []);
    assert.deepEqual(told(stateWith({ state: 'failed', startedOn: started })), []);
    assert.deepEqual(told(stateWith({})), []);
    const running = { createdOn: created, startedOn: started };
    assert.deepEqual(told(stateWith(running, { gone: true })), [['waited', 1, 'waited 1 min']]);
  });

  it('knows that one which was canceled before it started only waited', () => {
    const canceled = stateWith({ state: 'canceled', createdOn: created, endedOn: ended });
    assert.deepEqual(
      told(canceled).map(([kind]) => kind),
      ['waited'],
    );
  });

  it('leaves out what contradicts itself', () => {
    assert.deepEqual(told(stateWith({ createdOn: ended, startedOn: started })), [
      ['ran', 4, 'running for 4 min'],
    ]);
    assert.deepEqual(told(stateWith({ state: 'completed', startedOn: ended, endedOn: started })), []);
    assert.deepEqual(told(stateWith({ startedOn: new Date(now + 1000) })), []);
  });
});

describe('usualWords', () => {
  it('say what is usual, or why that is not known', () => {
    assert.equal(usualWords({ runs: [] }, 'usually 4 min'), 'Usually 4 min.');
    assert.match(usualWords(undefined, undefined), /^Looking/);
    assert.match(usualWords({ runs: [] }, undefined), /^Too few/);
    assert.equal(usualWords({ runs: [], problem: 'No.' }, undefined), 'Earlier runs are not known. No.');
  });
});

describe('signatureOf', () => {
  const hour = 60 * minute;
  const earlier = stateWith({ id: 'e', state: 'completed', startedOn: created, endedOn: started }).job;
  const { job } = stateWith({ startedOn: started });
  const after = (ms: number) => signatureOf(pointsOf(job, [earlier], started.getTime() + ms));

  it('stays while a running job has hardly become longer', () => {
    assert.equal(after(hour), after(hour + 1000));
  });

  it('changes when it has become noticeably longer, however long it has been running', () => {
    for (let ms = 10_000; ms < 1000 * hour; ms *= 1.02) assert.notEqual(after(ms), after(ms * 1.02));
  });

  it('changes with a state, a result and a run that is new', () => {
    const of = (run: Partial<typeof earlier>) => signatureOf(pointsOf(job, [{ ...earlier, ...run }], now));
    const signatures = [{}, { state: 'failed' }, { result: 'FAILURE' }, { id: 'f' }] as const;
    assert.equal(new Set(signatures.map(of)).size, signatures.length);
  });
});
