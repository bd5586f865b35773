import assert from 'node:assert/strict';
import { CancelLife, ended, minute, second } from '../../support/cancelLife';
import { failure, job } from '../../support/jobs';

describe('the life of a cancel', () => {
  let on: CancelLife;
  beforeEach(() => (on = new CancelLife()));
  afterEach(() => on.life.abort());

  it('is asked, accepted, canceling, canceled', async () => {
    assert.equal(await on.ask(), 'accepted');
    assert.equal(on.store.state.groups.canceling.jobs[0]?.id, 'j');
    assert.match(on.sentence(), /was accepted/);
    await on.pass(second);
    assert.equal(on.stage()?.kind, 'accepted');
    on.served = job('j', { name: 'Import', state: 'canceling' });
    await on.pass(2 * second);
    assert.equal(on.stage()?.kind, 'canceling');
    assert.deepEqual(on.told, []);
    on.served = ended('canceled');
    await on.pass(3 * second);
    assert.deepEqual(on.shown, ['none', 'asked', 'accepted', 'canceling', 'canceled']);
    assert.deepEqual(on.told, ['Canceled on Acme: Import']);
    await on.pass(60 * minute);
    assert.deepEqual(on.asked, ['cancel @0', 'read@1', 'read@3', 'read@6']);
  });

  it('is canceled once the record is gone, where no state says that it is being canceled', async () => {
    await on.ask();
    on.served = undefined;
    await on.pass(second);
    assert.deepEqual(on.shown, ['none', 'asked', 'accepted', 'canceled']);
    // What was known of it shows on, as canceled.
    assert.equal(on.store.job('j')?.state, 'canceled');
    assert.equal(on.store.job('j')?.name, 'Import');
    assert.deepEqual(on.told, ['Canceled on Acme: Import']);
  });

  it('takes a job that stopped with the result ABORTED for canceled', async () => {
    await on.ask();
    on.served = ended('failed', 'ABORTED');
    await on.pass(second);
    assert.equal(on.stage()?.kind, 'canceled');
  });

  it('says that the job finished first', async () => {
    await on.ask();
    on.served = ended('completed', 'SUCCESS');
    await on.pass(second);
    assert.equal(on.stage()?.kind, 'finishedFirst');
    assert.deepEqual(on.told, ['Finished before the cancel on Acme: Import']);
  });

  it('learns the end from any refresh, and asks no more then', async () => {
    await on.ask();
    on.store.upsert([ended('canceled')]);
    assert.equal(on.stage()?.kind, 'canceled');
    assert.equal(on.told.length, 1);
    await on.pass(minute);
    assert.deepEqual(on.asked, ['cancel @0']);
  });

  it('tells nobody how it ended, unless a person asked', async () => {
    await on.ask({ tell: false });
    on.served = ended('canceled');
    await on.pass(second);
    assert.equal(on.stage()?.kind, 'canceled');
    assert.deepEqual(on.told, []);
  });

  for (const kind of ['forbidden', 'conflict'])
    it(`is refused with the server's reason (${kind}), and may be tried again`, async () => {
      on.answers = [failure(kind)];
      await assert.rejects(on.ask(), { kind });
      await on.pass(0);
      assert.deepEqual(on.stage()?.kind, 'refused');
      assert.match(on.sentence(), new RegExp(`refused.*kind ${kind}`));
      assert.equal(on.store.state.groups.running.jobs.length, 1);
      // The rejection tells; the panel looks once what the server knew.
      assert.deepEqual([on.told, on.asked], [[], ['cancel @0', 'read@0']]);
      await on.pass(5 * minute);
      assert.equal(on.asked.length, 2);
      assert.equal(on.kept, undefined);
      assert.equal(await on.ask(), 'accepted');
      assert.equal(on.stage()?.kind, 'accepted');
    });

  it('forgets a refusal once the job has ended', async () => {
    on.answers = [failure('forbidden')];
    await assert.rejects(on.ask());
    await on.pass(0);
    on.store.upsert([ended('completed')]);
    assert.equal(on.stage(), undefined);
    assert.deepEqual(on.told, []);
  });

  it('forgets a refusal of a job that is gone', async () => {
    on.answers = [failure('notFound')];
    on.served = undefined;
    await assert.rejects(on.ask(), { kind: 'notFound' });
    await on.pass(0);
    assert.equal(on.stage(), undefined);
    assert.equal(on.store.job('j'), undefined);
    assert.deepEqual(on.told, []);
  });

  it('finds out that the job had finished when the server refuses', async () => {
    on.looks = [failure('conflict')];
    on.served = ended('completed');
    await assert.rejects(on.ask(), { kind: 'conflict' });
    await on.pass(0);
    assert.equal(on.stage()?.kind, 'finishedFirst');
    assert.deepEqual([on.told, on.asked], [[], ['read@0']]);
  });

  it('has no life when nothing was sent', async () => {
    for (const kind of ['unreachable', 'timeout', 'signInNeeded', 'off', 'guarded']) {
      on.looks = [failure(kind)];
      await assert.rejects(on.ask(), { kind });
    }
    assert.equal(on.stage(), undefined);
    await on.pass(minute);
    assert.deepEqual([on.asked, on.kept], [[], undefined]);
  });

  it('is not sent a second time while it is under way', async () => {
    let answer: (() => void) | undefined;
    on.answers = [new Promise<void>((resolve) => (answer = resolve))];
    const first = on.ask();
    assert.equal(await on.ask(), undefined);
    answer?.();
    assert.equal(await first, 'accepted');
    assert.equal(await on.ask(), undefined);
    on.served = job('j', { state: 'canceling' });
    await on.pass(2 * minute);
    assert.equal(on.stage()?.kind, 'stillRunning');
    assert.equal(await on.ask(), undefined);
    assert.equal(on.asked.filter((each) => each.startsWith('cancel')).length, 1);
  });

  it('says that the job still runs a minute later, and asks less and less often', async () => {
    await on.ask();
    await on.pass(minute - 1);
    assert.equal(on.stage()?.kind, 'accepted');
    await on.pass(1);
    assert.equal(on.stage()?.kind, 'stillRunning');
    assert.equal(on.store.state.groups.canceling.jobs[0]?.id, 'j');
    await on.pass(20 * minute);
    assert.deepEqual(on.asked.slice(1), [
      ...['read@1', 'read@3', 'read@6', 'read@11', 'read@20', 'read@35', 'read@60'],
      ...['read@120', 'read@240', 'read@480', 'read@780', 'read@1080'],
    ]);
    on.served = ended('canceled');
    await on.pass(5 * minute);
    assert.equal(on.stage()?.kind, 'canceled');
    assert.equal(on.told.length, 1);
  });

  it('reads nothing that a refresh has brought meanwhile', async () => {
    await on.ask();
    for (let at = 5; at <= 60; at += 5) {
      await on.pass(5 * second);
      on.store.setStatus({ kind: 'ready', since: on.time.Date.now() });
    }
    // The first come before any refresh, the last together with one.
    assert.deepEqual(on.asked.slice(1), ['read@1', 'read@3']);
    assert.equal(on.stage()?.kind, 'stillRunning');
  });

  it('goes on asking when the job could not be read, and later when the server wants quiet', async () => {
    await on.ask();
    on.unreadable = failure('unreachable');
    await on.pass(3 * second);
    on.unreadable = failure('rateLimited', { retryAfter: 20 * second });
    await on.pass(3 * second);
    on.unreadable = undefined;
    on.served = ended('canceled');
    await on.pass(20 * second);
    assert.deepEqual(on.asked.slice(1), ['read@1', 'read@3', 'read@6', 'read@26']);
    assert.equal(on.stage()?.kind, 'canceled');
  });

  it('rests while the sign-in is refused, and goes on after a refresh that succeeded', async () => {
    await on.ask();
    on.unreadable = failure('signInNeeded');
    await on.pass(second);
    const reason = { kind: 'signInNeeded', message: 'Sign in.' } as const;
    on.store.setStatus({ kind: 'signInNeeded', since: 0, failure: reason });
    await on.pass(60 * minute);
    assert.equal(on.asked.length, 2);
    on.unreadable = undefined;
    on.served = ended('canceled');
    on.store.setStatus({ kind: 'ready', since: 0 });
    await on.pass(5 * second);
    assert.equal(on.stage()?.kind, 'canceled');
  });

  it('sends nothing more once it is disposed, and leaves what is open to the next window', async () => {
    await on.ask();
    on.life.abort();
    const left = on.kept;
    assert.ok(left);
    await on.pass(60 * minute);
    assert.deepEqual(on.asked, ['cancel @0']);
    assert.equal(on.time.countTimers(), 0);
    assert.equal(on.kept, left);
  });

  it('leaves what is open alone when an answer comes after it was disposed', async () => {
    let answer: (() => void) | undefined;
    on.answers = [new Promise<void>((resolve) => (answer = resolve))];
    const asked = on.ask();
    answer?.();
    on.life.abort();
    on.kept = undefined;
    await asked;
    assert.equal(on.kept, undefined);
  });
});
