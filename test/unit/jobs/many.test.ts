import assert from 'node:assert/strict';
import { abreast } from '../../../src/jobs/abreast';
import { listNames, outcomeLine } from '../../../src/jobs/manyText';

describe('many jobs at once', () => {
  it('are worked on so many at a time and no more, each once, in their order', async () => {
    const items = Array.from({ length: 11 }, (_, n) => n);
    const begun: number[] = [];
    const open: (() => void)[] = [];
    let most = 0;
    const work = (item: number) =>
      new Promise<void>((resolve) => {
        begun.push(item);
        open.push(resolve);
        most = Math.max(most, open.length);
      });
    let done = false;
    const all = abreast(4, items, work).then(() => (done = true));
    for (let ended = 0; ended < items.length; ended++) {
      assert.equal(open.length, Math.min(4, items.length - ended));
      open.shift()?.();
      await new Promise(setImmediate);
    }
    await all;
    assert.ok(done);
    assert.deepEqual(begun, items);
    assert.equal(most, 4);
  });

  it('are left when it is enough', async () => {
    const begun: number[] = [];
    const work = (item: number) => Promise.resolve(void begun.push(item));
    await abreast(2, [1, 2, 3, 4, 5, 6], work, () => begun.length >= 3);
    assert.deepEqual(begun, [1, 2, 3]);
  });

  it('are named up to ten', () => {
    const names = Array.from({ length: 12 }, (_, n) => `job ${n}`);
    assert.deepEqual(listNames(names.slice(0, 10)), names.slice(0, 10));
    assert.deepEqual(listNames(names), [...names.slice(0, 10), 'and 2 more']);
  });

  it('are told of in one line', () => {
    assert.equal(
      outcomeLine([
        ...Array.from({ length: 12 }, () => 'canceled' as const),
        'forbidden',
        'finished',
        'forbidden',
      ]),
      '12 canceled, 1 had finished, 2 not permitted',
    );
    assert.equal(
      outcomeLine(['failed', 'unsent', 'notCancelable']),
      '0 canceled, 1 can not be canceled, 1 failed, 1 not asked',
    );
  });
});
