import assert from 'node:assert/strict';
import { duration, isActive, isCancelable, isCompletedWithProblem, type Job } from '../../../src/jobs/job';

const job = (fields: Partial<Job>): Job => ({ id: '1', state: 'running', ...fields });

describe('isActive', () => {
  for (const state of ['running', 'waiting', 'canceling'] as const) {
    it(`is true while ${state}`, () => assert.equal(isActive(job({ state })), true));
  }

  for (const state of ['failed', 'canceled', 'completed'] as const) {
    it(`is false when ${state}, with an end date or without`, () => {
      assert.equal(isActive(job({ state })), false);
      assert.equal(isActive(job({ state, endedOn: new Date() })), false);
    });
  }

  it('takes a state that nobody knows for active until the job has an end date', () => {
    assert.equal(isActive(job({ state: 'other', rawState: 'PAUSED' })), true);
    assert.equal(isActive(job({ state: 'other', rawState: 'PAUSED', endedOn: new Date() })), false);
  });
});

describe('isCancelable', () => {
  it('is true for an active job, also where the server does not tell', () => {
    assert.equal(isCancelable(job({})), true);
    assert.equal(isCancelable(job({ state: 'waiting', cancelable: true })), true);
  });

  it('is false for a job that the server does not let go', () => {
    assert.equal(isCancelable(job({ cancelable: false })), false);
  });

  it('is false for a job that is being canceled or has ended', () => {
    assert.equal(isCancelable(job({ state: 'canceling', cancelable: true })), false);
    assert.equal(isCancelable(job({ state: 'completed', cancelable: true })), false);
  });
});

describe('isCompletedWithProblem', () => {
  it('is true for a completed job with any result but success', () => {
    assert.equal(isCompletedWithProblem(job({ state: 'completed', result: 'COMPLETED_WITH_ERROR' })), true);
    assert.equal(isCompletedWithProblem(job({ state: 'completed', result: 'SOMETHING_NEW' })), true);
  });

  it('is false without a result, with success, and for a job that did not complete', () => {
    assert.equal(isCompletedWithProblem(job({ state: 'completed' })), false);
    assert.equal(isCompletedWithProblem(job({ state: 'completed', result: 'SUCCESS' })), false);
    assert.equal(isCompletedWithProblem(job({ state: 'failed', result: 'FAILURE' })), false);
  });
});

describe('duration', () => {
  const startedOn = new Date('2026-01-02T03:04:05Z');
  const later = startedOn.getTime() + 90_000;

  it('runs from the start to the end', () => {
    const ended = job({ state: 'completed', startedOn, endedOn: new Date(later) });
    assert.equal(duration(ended, later + 5000), 90_000);
  });

  it('runs to now while the job is active', () => assert.equal(duration(job({ startedOn }), later), 90_000));

  it('is unknown before the start, and when the job ended at a time that is not known', () => {
    assert.equal(duration(job({ state: 'waiting' }), later), undefined);
    assert.equal(duration(job({ state: 'failed', startedOn }), later), undefined);
  });

  it('is never negative, whatever the clocks say', () => {
    assert.equal(duration(job({ startedOn }), startedOn.getTime() - 1000), 0);
  });
});
