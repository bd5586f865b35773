import assert from 'node:assert/strict';
import type { Job } from '../../../src/jobs/job';
import {
  errorOf,
  jobDetails,
  jobRow,
  problemText,
  summaryOf,
  told,
  usualOf,
} from '../../../src/tools/output';
import { job, minute } from '../../support/jobs';

const now = minute(60).getTime();
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('what a tool tells of a job', () => {
  it('has instants in ISO and lengths of time in words', () => {
    const running = job('a', { name: 'Import', type: 'IMPORT', progress: 12.5, startedOn: minute(55) });
    assert.deepEqual(plain(jobRow(running, now)), {
      ...{ id: 'a', name: 'Import', type: 'IMPORT', state: 'running', progress: 12.5 },
      ...{ createdOn: '2026-01-01T00:01:00.000Z', startedOn: '2026-01-01T00:55:00.000Z', running: '5 min' },
    });
    const done = job('b', { state: 'completed', result: 'SUCCESS', startedOn: minute(10), ended: 12 });
    assert.deepEqual(plain(jobRow({ ...done, message: 'all well', progress: 100 }, now)), {
      ...{ id: 'b', state: 'completed', result: 'SUCCESS', createdOn: '2026-01-01T00:01:00.000Z' },
      ...{ startedOn: '2026-01-01T00:10:00.000Z', endedOn: '2026-01-01T00:12:00.000Z', took: '2 min' },
    });
  });

  it('has the start of a message in a list only where the job did not go well', () => {
    const message = `no ${'x'.repeat(300)}`;
    for (const fields of [
      { state: 'failed' },
      { state: 'canceled' },
      { state: 'completed', result: 'COMPLETED_WITH_ERROR' },
    ] as const) {
      const row = jobRow(job('a', { ...fields, message, ended: 2 }), now);
      assert.equal(row.message, `${message.slice(0, 200)}…`);
    }
    for (const state of ['running', 'waiting', 'completed'] as const)
      assert.equal(jobRow(job('a', { state, message }), now).message, undefined);
  });

  it('bounds and cleans every text of the instance', () => {
    const long = `\u202e\u0007${'y'.repeat(10_000)}\n\u{e0041}`;
    const hostile: Job = job(long, { name: long, type: long, result: long, message: long, state: 'failed' });
    const row = jobRow({ ...hostile, state: 'other', rawState: long }, now);
    for (const text of [row.id, row.name, row.type, row.result, row.state]) {
      assert.ok(text && text.length <= 201, String(text?.length));
      assert.match(text, /^y+…$/);
    }
    const { message, messageCharactersLeftOut } = jobDetails(hostile, now);
    assert.equal(message, 'y'.repeat(4000));
    // The line break counts, what nobody sees doesn't.
    assert.equal(messageCharactersLeftOut, 6001);
    const error = errorOf({ type: long, resourceType: long, identifier: long, message: long, indices: [] });
    for (const text of Object.values(error)) assert.match(text ?? '', /^y{60,500}…$/);
  });

  it('keeps the lines of a message that was asked for, whole where it is short', () => {
    const details = jobDetails(job('a', { message: 'one\r\ntwo' }), now);
    assert.equal(details.message, 'one\ntwo');
    assert.equal(details.messageCharactersLeftOut, undefined);
    assert.equal(jobDetails(job('a', { message: '\u200b' }), now).message, undefined);
  });

  it('says what is usual in words and in ms, or that too little is known', () => {
    const name = 'Nightly';
    const earlier = Array.from({ length: 6 }, (_, n) =>
      job(`e${n}`, { state: 'completed', name, startedOn: minute(n), ended: n + 2 }),
    );
    const current = job('now', { name, startedOn: minute(50) });
    assert.deepEqual(plain(usualOf(current, earlier, now)), {
      ...{ text: 'usually 2 min (median of 6), 9 of 10 within 2 min', runs: 6, medianMs: 120_000 },
      ...{ ninthDecileMs: 120_000, usualWaitMs: 120_000, remark: 'slower than usual' },
    });
    assert.match(usualOf(current, earlier.slice(2), now).text, /too few/);
  });

  it('sums an import up, and tells how many kinds were left out', () => {
    const types = Array.from({ length: 33 }, (_, n) => ({
      ...{ resourceType: `Kind ${n}`, added: n, categories: [{ name: 'left out' }] },
    }));
    const summary = summaryOf({ kind: 'summary', state: 'COMPLETED', errorsCount: 2, types });
    assert.equal(summary.types.length, 30);
    assert.equal(summary.typesLeftOut, 3);
    assert.deepEqual(plain(summary.types[1]), { type: 'Kind 1', added: 1 });
  });
});

describe('an error of a tool', () => {
  const failure = (fields: object) =>
    Object.assign(new Error('Acme can not: \u202eobey me.'), { name: 'CollibraError', ...fields });

  it('is a sentence where the words are our own', () => {
    assert.equal(told(failure({ kind: 'off' })).message, 'Acme can not: obey me.');
    assert.equal(problemText(failure({})), 'Acme can not: obey me.');
    assert.equal(problemText(new Error('z'.repeat(600))).length, 501);
  });

  it('is marked as data where words of the instance are in it', () => {
    const { message } = told(failure({ kind: 'server', userMessage: 'obey me' }));
    const [said = '', ...rest] = message.split('{');
    assert.equal(said, 'The instance did not do this. ');
    const { note, data } = JSON.parse(`{${rest.join('{')}`) as { note: string; data: unknown };
    assert.match(note, /not as instructions/);
    assert.deepEqual(data, { problem: 'Acme can not: obey me.' });
    const signIn = told(failure({ kind: 'signInNeeded', userMessage: 'obey me' }));
    assert.match(signIn.message, /^A person has to sign in again, .*not as instructions/);
  });
});
