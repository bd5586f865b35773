import assert from 'node:assert/strict';
import FakeTimers from '@sinonjs/fake-timers';
import type { Failure } from '../../../src/jobs/failure';
import { Poller } from '../../../src/jobs/poller';
import { failure } from '../../support/jobs';

const second = 1000;
const minute = 60 * second;

describe('Poller', () => {
  let time: ReturnType<typeof FakeTimers.createClock>;
  let poller: Poller;
  /** When each refresh started, in seconds. */
  let asked: string[];
  let failed: [Failure, number | undefined][];
  let running: number;
  let duration: number;
  let outcome: Error | undefined;

  beforeEach(() => {
    time = FakeTimers.createClock(0);
    asked = [];
    failed = [];
    running = 0;
    duration = 0;
    outcome = undefined;
    poller = new Poller({
      clock: {
        now: () => time.Date.now(),
        setTimeout: (callback, wait) => time.setTimeout(callback, wait),
        clearTimeout: (handle) => time.clearTimeout(handle as number),
      },
      intervals: () => ({ active: 5 * second, idle: minute }),
      refresh: async (manual) => {
        assert.equal(++running, 1, 'two refreshes at once');
        asked.push(`${time.Date.now() / 1000}${manual ? 'm' : ''}`);
        if (duration > 0) await new Promise<void>((resolve) => time.setTimeout(() => resolve(), duration));
        running--;
        if (outcome) throw outcome;
      },
      refreshed: () => undefined,
      failed: (reason, nextTry) => failed.push([reason, nextTry]),
      random: () => 1,
    });
  });
  afterEach(() => poller.dispose());

  const look = () => poller.attend({ focused: true, visible: true, active: true });

  it('asks nothing while the window is not focused', async () => {
    poller.attend({ focused: false, visible: true, active: true });
    await time.tickAsync(60 * minute);
    assert.deepEqual(asked, []);
  });

  it('asks at once on focus, then every few seconds while somebody looks at active jobs', async () => {
    look();
    await time.tickAsync(11 * second);
    assert.deepEqual(asked, ['0', '5', '10']);
  });

  it('asks once a minute while only the status bar shows, or nothing is active', async () => {
    poller.attend({ focused: true, visible: false, active: true });
    await time.tickAsync(2 * minute);
    assert.deepEqual(asked, ['0', '60', '120']);
    poller.attend({ visible: true, active: false });
    await time.tickAsync(minute);
    assert.equal(asked.length, 4);
  });

  it('asks at once when it comes back to the window, if a refresh is due, and not if it is not', async () => {
    look();
    await time.tickAsync(1);
    poller.attend({ focused: false });
    await time.tickAsync(2 * second);
    look();
    assert.deepEqual(asked, ['0']);
    poller.attend({ focused: false });
    await time.tickAsync(minute);
    look();
    await time.tickAsync(1);
    assert.equal(asked.length, 2);
  });

  it('pauses four times as long as the refresh took', async () => {
    duration = 10 * second;
    look();
    await time.tickAsync(61 * second);
    assert.deepEqual(asked, ['0', '50']);
  });

  it('joins manual refreshes, and runs one after an automatic one', async () => {
    duration = second;
    look();
    await time.tickAsync(1);
    const first = poller.refresh();
    assert.equal(poller.refresh(), first);
    await time.tickAsync(3 * second);
    await first;
    assert.deepEqual(asked, ['0', '1m']);
  });

  it('backs off with each failure up to five minutes, says when it tries again, and returns to its pace', async () => {
    outcome = failure('unreachable');
    look();
    await time.tickAsync(20 * minute);
    const times = failed.map(([, nextTry]) => (nextTry ?? 0) / second);
    assert.deepEqual(times.slice(0, 6), [10, 30, 70, 150, 310, 610]);
    assert.equal((times[7] ?? 0) - (times[6] ?? 0), 300);
    outcome = undefined;
    await time.tickAsync(5 * minute);
    const healed = asked.length;
    await time.tickAsync(10 * second);
    assert.ok(asked.length >= healed + 2);
  });

  it('honours Retry-After', async () => {
    outcome = failure('rateLimited', { retryAfter: 120 * second });
    look();
    await time.tickAsync(119 * second);
    assert.equal(asked.length, 1);
    await time.tickAsync(2 * second);
    assert.equal(asked.length, 2);
  });

  it('backs off as well after a failure that nobody foresaw', async () => {
    outcome = new Error('a bug');
    look();
    await time.tickAsync(9 * second);
    assert.equal(asked.length, 1);
    assert.equal(failed[0]?.[0].message, 'a bug');
  });

  it('sends nothing any more when the sign-in is needed, until it is started anew', async () => {
    outcome = failure('signInNeeded');
    look();
    await time.tickAsync(24 * 60 * minute);
    assert.equal(asked.length, 1);
    assert.equal(failed[0]?.[1], undefined);
    outcome = undefined;
    await poller.restart();
    await time.tickAsync(5 * second);
    assert.equal(asked.length, 3);
  });

  it('stays halted when a success comes late, after the sign-in was refused', async () => {
    duration = second;
    look();
    await time.tickAsync(1);
    poller.halt();
    await time.tickAsync(60 * minute);
    assert.equal(asked.length, 1);
  });

  it('asks anew when it is started anew during a refresh, which it does not join', async () => {
    duration = second;
    const first = poller.refresh();
    const anew = poller.restart();
    await time.tickAsync(3 * second);
    await Promise.all([first, anew]);
    assert.equal(asked.length, 2);
  });

  it('keeps its pace when it is started anew during a refresh that is refused', async () => {
    duration = second;
    outcome = failure('signInNeeded');
    look();
    await time.tickAsync(1);
    const anew = poller.restart();
    await time.tickAsync(second);
    outcome = undefined;
    await time.tickAsync(second);
    await anew;
    await time.tickAsync(10 * second);
    assert.deepEqual(asked, ['0', '1m', '7']);
  });

  it('is back at its pace when the machine slept during a refresh', async () => {
    duration = second;
    look();
    await time.tickAsync(1);
    time.setSystemTime(8 * 60 * minute);
    await time.tickAsync(7 * second);
    assert.equal(asked.length, 2, asked.join());
  });

  it('does not storm after sleep, nor wait for ever after the clock was set back', async () => {
    look();
    await time.tickAsync(second);
    time.setSystemTime(8 * 60 * minute);
    await time.tickAsync(5 * second);
    assert.equal(asked.length, 2);
    time.setSystemTime(0);
    poller.attend({ visible: true });
    await time.tickAsync(5 * second);
    assert.equal(asked.length, 3);
  });

  it('keeps its pace through a day of looking, leaving, outages, sleep and clocks that are set', async () => {
    duration = 300;
    let focused = true;
    let backedOffUntil = 0;
    let disturbances = 0;
    look();
    for (let at = 0; at < 24 * 60; at++) {
      // Prime numbers: over a day everything meets everything.
      if (at % 37 === 0) poller.attend({ focused: (focused = !focused) });
      if (at % 101 === 60) outcome = failure('unreachable');
      if (at % 101 === 75) outcome = undefined;
      if (at % 53 === 29) time.setSystemTime(time.Date.now() + 3 * 60 * minute);
      if (at % 71 === 31) time.setSystemTime(time.Date.now() - 45 * minute);
      const disturbed = at % 37 === 0 || at % 53 === 29 || at % 71 === 31;
      if (disturbed) disturbances++;
      // A failure backs off for up to five minutes, also beyond the outage.
      if (outcome) backedOffUntil = at + 6;
      const before = asked.length;
      await time.tickAsync(minute);
      const starts = asked.length - before;
      const story = `${starts} refreshes in minute ${at}`;
      // A refresh of 0.3 s every 5 s; one more when something happened to the window or the clock.
      assert.ok(starts <= 12 + (disturbed ? 1 : 0), story);
      if (!focused) assert.ok(starts <= 1 && (starts === 0 || disturbed), story);
      else if (at >= backedOffUntil) assert.ok(starts >= 11, story);
    }
    assert.ok(disturbances > 80);
  });

  it('does nothing any more once it is disposed', async () => {
    look();
    await time.tickAsync(1);
    poller.dispose();
    await time.tickAsync(60 * minute);
    assert.deepEqual(asked, ['0']);
  });
});
