import assert from 'node:assert/strict';
import { createClock } from '@sinonjs/fake-timers';
import { patiently } from '../../../src/jobs/patience';
import { failure } from '../../support/jobs';

describe('patience with a server that is asked too often', () => {
  const clock = createClock(0);
  const domainClock = {
    now: () => clock.now,
    setTimeout: (callback: () => void, milliseconds: number) => clock.setTimeout(callback, milliseconds),
    clearTimeout: (handle: unknown) => clock.clearTimeout(handle as number),
  };
  const failing = (failures: readonly Error[]) => {
    const left = [...failures];
    const at: number[] = [];
    const ask = () => {
      at.push(clock.now);
      const next = left.shift();
      return next ? Promise.reject(next) : Promise.resolve('answer');
    };
    return { ask, at };
  };
  const limited = (retryAfter?: number) => failure('rateLimited', { retryAfter });

  it('waits as long as the server wants, and asks again', async () => {
    const { ask, at } = failing([limited(7000), limited()]);
    const start = clock.now;
    const answer = patiently(ask, undefined, domainClock);
    await clock.runAllAsync();
    assert.equal(await answer, 'answer');
    assert.deepEqual(
      at.map((when) => when - start),
      [0, 7000, 12_000],
    );
  });

  it('ends after five answers in a row, and where the wait is longer than a minute', async () => {
    for (const [failures, asked] of [
      [Array.from({ length: 9 }, () => limited(1000)), 5],
      [[limited(61_000)], 1],
      [[failure('server')], 1],
    ] as const) {
      const { ask, at } = failing(failures);
      const answer = assert.rejects(patiently(ask, undefined, domainClock), failures[0]);
      await clock.runAllAsync();
      await answer;
      assert.equal(at.length, asked);
    }
  });

  it('ends at once when the caller gives up', async () => {
    const { ask, at } = failing([limited(7000)]);
    const giveUp = new AbortController();
    const answer = assert.rejects(patiently(ask, giveUp.signal, domainClock), { name: 'AbortError' });
    await clock.tickAsync(1000);
    giveUp.abort();
    await answer;
    assert.deepEqual([at.length, clock.countTimers()], [1, 0]);
  });
});
