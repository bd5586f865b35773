import assert from 'node:assert/strict';
import { CancelLife, ended, minute, second, silence } from '../../support/cancelLife';
import { failure, job } from '../../support/jobs';

describe('a cancel, after a reload of the window,', () => {
  let on: CancelLife;
  beforeEach(() => (on = new CancelLife()));
  afterEach(() => on.life.abort());

  /** Brings the cancel to a stage and loads the window again. */
  const reached: Record<string, () => Promise<void>> = {
    accepted: async () => {
      await on.ask();
    },
    canceling: async () => {
      on.served = job('j', { name: 'Import', state: 'canceling' });
      await on.ask();
      await on.pass(second);
    },
    stillRunning: async () => {
      await on.ask();
      await on.pass(minute);
    },
  };
  for (const [kind, reach] of Object.entries(reached))
    it(`is followed on to its end, and told (${kind})`, async () => {
      await reach();
      assert.equal(on.stage()?.kind, kind);
      on.reload();
      assert.equal(on.stage()?.kind, kind);
      assert.ok(on.served);
      on.store.setActive([on.served], true);
      assert.equal(on.store.state.groups.canceling.jobs[0]?.id, 'j');
      assert.equal(await on.ask(), undefined);
      on.asked = [];
      on.served = ended('canceled');
      await on.pass(second);
      assert.equal(on.stage()?.kind, 'canceled');
      assert.equal(on.asked.length, 1);
      assert.deepEqual(on.told, ['Canceled on Acme: Import']);
      assert.equal(on.kept, undefined);
    });

  it('is taken for canceled when it is gone, though nothing else is known of it', async () => {
    await on.ask();
    on.reload();
    on.served = undefined;
    await on.pass(second);
    assert.equal(on.stage()?.kind, 'canceled');
    assert.deepEqual(on.told, ['Canceled on Acme: Job j']);
  });

  it('says that it still runs by the time at which it was accepted', async () => {
    await on.ask();
    await on.pass(50 * second);
    on.reload();
    await on.pass(11 * second);
    assert.equal(on.stage()?.kind, 'stillRunning');
  });

  it('is looked up when its answer had not come, and sent once more with its message', async () => {
    on.answers = [silence()];
    void on.ask({ message: 'wrong file', byName: true }).catch(() => undefined);
    await on.pass(second);
    assert.equal(on.stage()?.kind, 'asked');
    on.reload();
    assert.equal(on.stage()?.kind, 'unanswered');
    await on.pass(second);
    assert.deepEqual(on.asked, ['cancel wrong file@0', 'read@2', 'cancel wrong file@2']);
    assert.equal(on.stage()?.kind, 'accepted');
    assert.doesNotMatch(on.kept ?? '', /wrong file/);
  });

  it('is not sent a third time', async () => {
    on.answers = [failure('timeout'), silence()];
    void on.ask().catch(() => undefined);
    await on.pass(second);
    on.reload();
    await on.pass(minute);
    assert.deepEqual(on.asked, ['cancel @0', 'read@1', 'cancel @1', 'read@2']);
    assert.equal(on.stage()?.kind, 'unanswered');
  });

  it('keeps what was asked of several jobs', async () => {
    await on.ask();
    await on.cancels.ask('k', {}, on.life.signal);
    on.reload();
    assert.deepEqual([...on.store.state.cancels.keys()], ['j', 'k']);
    assert.deepEqual(Object.keys(JSON.parse(on.kept ?? '{}') as object), ['j', 'k']);
  });

  it('says nothing more of what had ended', async () => {
    await on.ask();
    on.served = ended('canceled');
    await on.pass(second);
    on.reload();
    await on.pass(minute);
    assert.deepEqual([on.stage(), on.asked.length, on.told.length], [undefined, 2, 1]);
  });
});
