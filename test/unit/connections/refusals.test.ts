import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Refusals } from '../../../src/connections/refusals';

describe('Refusals', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'refusals-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are known to another window at once', () => {
    new Refusals(folder).add('stamp');
    assert.ok(new Refusals(folder).has('stamp'));
    assert.ok(!new Refusals(folder).has('other'));
  });

  it('let one window after the other work for an account', async () => {
    let working = 0;
    const order: number[] = [];
    const work = async (window: number) => {
      assert.equal(++working, 1);
      await new Promise((done) => setImmediate(done));
      order.push(window);
      working--;
    };
    await Promise.all([1, 2, 3].map((each) => new Refusals(folder).alone('jdoe', () => work(each))));
    assert.deepEqual(order.toSorted(), [1, 2, 3]);
    assert.deepEqual(await readdir(join(folder, 'turns')), []);
  });

  it('let windows work side by side for different accounts', async () => {
    const refusals = new Refusals(folder);
    await refusals.alone('jdoe', () => refusals.alone('asmith', () => Promise.resolve()));
  });

  it('give the turn back when the work fails', async () => {
    const refusals = new Refusals(folder);
    await assert.rejects(refusals.alone('jdoe', () => Promise.reject(new Error('no'))));
    assert.equal(await refusals.alone('jdoe', () => Promise.resolve(7)), 7);
  });

  it('do not wait for a window that has died', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await new Promise((ended) => child.once('exit', ended));
    mkdirSync(join(folder, 'turns'));
    const name = createHash('sha256').update('jdoe').digest('hex');
    writeFileSync(join(folder, 'turns', name), String(child.pid));
    assert.equal(await new Refusals(folder).alone('jdoe', () => Promise.resolve(7)), 7);
  });

  it('wait for a window that is slow, and leave it the turn', async () => {
    const turn = join(folder, 'turns', createHash('sha256').update('jdoe').digest('hex'));
    const slow = (seconds: number) => utimesSync(turn, 0, Date.now() / 1000 - seconds);
    let waited = true;
    let next: Promise<void> | undefined;
    await new Refusals(folder).alone('jdoe', async () => {
      slow(125);
      next = new Refusals(folder).alone('jdoe', () => Promise.resolve(void (waited = false)));
      await pause(200);
      assert.ok(waited);
    });
    await next;
    assert.ok(!waited);
    await new Refusals(folder).alone('jdoe', async () => {
      // Another window took this one for dead; its turn is not ours to end.
      writeFileSync(turn, `${process.ppid} another`);
      await Promise.resolve();
    });
    assert.ok(existsSync(turn));
  });

  it('wait for nobody whose turn can not be ended', async () => {
    const turn = join(folder, 'turns', createHash('sha256').update('jdoe').digest('hex'));
    mkdirSync(turn, { recursive: true });
    utimesSync(turn, 0, 0);
    assert.equal(await new Refusals(folder).alone('jdoe', () => Promise.resolve(7)), 7);
  });

  it('are no obstacle where files can not be written', async () => {
    writeFileSync(join(folder, 'file'), '');
    const refusals = new Refusals(join(folder, 'file'));
    assert.equal(await refusals.alone('jdoe', () => Promise.resolve(7)), 7);
    assert.ok(!refusals.has('stamp'));
  });
});
