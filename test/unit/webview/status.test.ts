import assert from 'node:assert/strict';
import type { Job } from '../../../src/jobs/job';
import { isLive, news, statusOf, statusText } from '../../../src/webview/status';
import { created, stateWith } from './state';

const job = (state: Job['state'], result?: string): Job => ({ id: '1', state, ...(result && { result }) });

describe('statusOf', () => {
  it('shows a completed job as a success only when its result is one', () => {
    assert.deepEqual(statusOf(job('completed', 'SUCCESS')), {
      tone: 'good',
      icon: 'pass',
      text: 'Completed',
      result: 'Success',
    });
    assert.equal(statusOf(job('completed')).tone, 'quiet');
    for (const result of ['COMPLETED_WITH_ERROR', 'ABORTED', 'FAILURE', 'PARTIAL']) {
      const { tone, icon } = statusOf(job('completed', result));
      assert.deepEqual([tone, icon], ['warning', 'warning'], result);
    }
  });

  it('says state and result in as few words as they need', () => {
    assert.equal(statusText(job('completed', 'COMPLETED_WITH_ERROR')), 'Completed with errors');
    assert.equal(statusText(job('completed', 'ABORTED')), 'Completed, Aborted');
    assert.equal(statusText(job('failed', 'FAILURE')), 'Failed');
    assert.equal(statusText(job('canceled', 'ABORTED')), 'Canceled');
    assert.equal(statusText(job('failed', 'PARTIAL')), 'Failed, PARTIAL');
    assert.equal(statusText(job('running', 'NOT_SET')), 'Running');
    assert.equal(statusText({ ...job('other'), rawState: 'PAUSED' }), 'PAUSED');
  });
});

describe('isLive', () => {
  it('is true of an active job that the server still has', () => {
    assert.equal(isLive(stateWith()), true);
    assert.equal(isLive(stateWith({}, { gone: true })), false);
    assert.equal(isLive(stateWith({ state: 'other', endedOn: created })), false);
  });
});

describe('news', () => {
  const running = stateWith({ progress: 10 });

  it('tells the new state and the old one', () => {
    const after = stateWith({ state: 'completed', result: 'COMPLETED_WITH_ERROR' });
    assert.deepEqual(news(running, after), ['State: Completed with errors. It was Running.']);
  });

  it('is silent on progress and on a problem that stays', () => {
    assert.deepEqual(news(running, stateWith({ progress: 90 })), []);
    const next = { ...running, problem: 'Next try in 20 s.' };
    assert.deepEqual(news({ ...running, problem: 'Next try in 30 s.' }, next), []);
  });

  it('tells a problem, its end, a cancel and that the job is gone', () => {
    const problem = { ...running, problem: 'The server is down.' };
    assert.deepEqual(news(running, problem), ['The server is down.']);
    assert.deepEqual(news(problem, running), ['Up to date again.']);
    assert.deepEqual(news(running, { ...running, cancelStatus: 'Cancel requested.' }), ['Cancel requested.']);
    assert.deepEqual(news(running, { ...running, gone: true }), [
      'This job is no longer on the server. This is what was known of it.',
    ]);
  });
});
