import assert from 'node:assert/strict';
import { CollibraError } from '../../../src/api/errors';
import { Latch } from '../../../src/api/latch';

describe('Latch', () => {
  const refusal = () => new CollibraError('signInNeeded', { instance: 'Acme', host: 'acme', status: 401 });
  /** A server that counts what reaches it before it has answered. */
  const server = () => {
    const seen = { requests: 0, atOnce: 0, most: 0 };
    let accepts = true;
    const send = async () => {
      seen.requests++;
      seen.most = Math.max(seen.most, ++seen.atOnce);
      await new Promise((answered) => setImmediate(answered));
      seen.atOnce--;
      if (!accepts) throw refusal();
    };
    return { seen, send, change: () => (accepts = false) };
  };

  it('lets requests go side by side while the last answer is fresh, and one at a time again after a pause', async () => {
    let now = 0;
    const latch = new Latch(undefined, () => now);
    const { seen, send } = server();
    const many = () => Promise.all(Array.from({ length: 10 }, () => latch.run(send)));
    await latch.run(send);
    await many();
    assert.equal(seen.most, 10);
    seen.most = 0;
    now = 5000;
    const first = latch.run(send);
    const rest = many();
    await first;
    assert.equal(seen.most, 1);
    await rest;
  });

  it('answers 50 requests at once after a pause with one refusal by the server', async () => {
    let now = 0;
    const latch = new Latch(undefined, () => now);
    const { seen, send, change } = server();
    await latch.run(send);
    change();
    now = 5000;
    const asked = await Promise.allSettled(Array.from({ length: 50 }, () => latch.run(send)));
    assert.ok(asked.every(({ status }) => status === 'rejected'));
    assert.equal(seen.requests, 2);
  });

  it('shares that one refusal with windows that ask at the same moment', async () => {
    let now = 0;
    let turn: Promise<unknown> = Promise.resolve();
    let refused = false;
    const others = {
      alone: <T>(work: () => Promise<T>) => {
        const mine = turn.then(work);
        turn = mine.catch(() => undefined);
        return mine;
      },
      refused: () => (refused ? Promise.resolve(refusal()) : undefined),
    };
    const windows = [1, 2, 3].map(() => new Latch(others, () => now));
    for (const latch of windows) latch.onRejected(() => (refused = true));
    const { seen, send, change } = server();
    await Promise.all(windows.map((latch) => latch.run(send)));
    change();
    now = 5000;
    await Promise.allSettled(windows.map((latch) => latch.run(send)));
    assert.equal(seen.requests, 4);
  });
});
