import assert from 'node:assert/strict';
import { createClock } from '@sinonjs/fake-timers';
import { Expiry, minutesLeft } from '../../../src/connections/expiry';

const minute = 60_000;

describe('Expiry', () => {
  it('tells each minute of the last ten, and nothing before, after or without an end', () => {
    const timers = createClock(0);
    const clock = {
      now: () => timers.now,
      setTimeout: (work: () => void, ms: number) => timers.setTimeout(work, ms),
      clearTimeout: (timer: unknown) => timers.clearTimeout(timer as number),
    };
    // The server's clock is what counts; it runs ahead of this machine's.
    const ahead = 90_000;
    const token = { expires: 8 * 3_600_000 + ahead, now: () => timers.now + ahead };
    const sessions = [token, { now: () => timers.now }];
    const expiry = new Expiry(() => sessions, clock);
    const told: [number, number | undefined][] = [];
    expiry.onDidChange(() => told.push([timers.now, minutesLeft(token)]));
    expiry.arm();
    timers.tick(24 * 3_600_000);
    const end = 8 * 3_600_000;
    const last = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map((left) => [end - left * minute, left]);
    assert.deepEqual(told, [...last, [end, undefined]]);
    assert.equal(timers.countTimers(), 0);
  });

  it('waits longer than a timer can hold', () => {
    const timers = createClock(0);
    const clock = {
      now: () => timers.now,
      setTimeout: (work: () => void, ms: number) => timers.setTimeout(work, ms),
      clearTimeout: (timer: unknown) => timers.clearTimeout(timer as number),
    };
    const expiry = new Expiry(() => [{ expires: 2 ** 33, now: () => timers.now }], clock);
    expiry.arm();
    timers.tick(2 ** 32);
    assert.equal(timers.countTimers(), 1);
    expiry.dispose();
    assert.equal(timers.countTimers(), 0);
  });
});
