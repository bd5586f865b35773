import assert from 'node:assert/strict';
import { CancelLife, ended, minute, second, silence } from '../../support/cancelLife';
import { failure, job } from '../../support/jobs';

describe('a cancel', () => {
  let on: CancelLife;
  beforeEach(() => (on = new CancelLife()));
  afterEach(() => on.life.abort());

  for (const kind of ['timeout', 'unreachable', 'server'])
    describe(`whose answer is lost (${kind})`, () => {
      beforeEach(() => {
        on.answers = [failure(kind)];
      });

      it('is sent once more when the job goes on as if nothing had come', async () => {
        const answer = on.ask({ message: 'wrong file' });
        await on.pass(0);
        assert.equal(on.stage()?.kind, 'unanswered');
        assert.match(on.sentence(), /being looked up/);
        assert.equal(await on.ask(), undefined);
        await on.pass(second);
        assert.equal(await answer, 'accepted');
        assert.deepEqual(on.asked, ['cancel wrong file@0', 'read@1', 'cancel wrong file@1']);
        on.served = ended('canceled');
        await on.pass(second);
        assert.equal(on.stage()?.kind, 'canceled');
        assert.equal(on.asked.length, 4);
      });

      it('is not sent again when the job is being canceled', async () => {
        const answer = on.ask();
        on.served = job('j', { name: 'Import', state: 'canceling' });
        await on.pass(second);
        assert.equal(await answer, 'accepted');
        assert.equal(on.stage()?.kind, 'canceling');
        on.served = ended('canceled');
        await on.pass(2 * second);
        assert.equal(on.stage()?.kind, 'canceled');
        assert.deepEqual(on.asked, ['cancel @0', 'read@1', 'read@3']);
      });

      it('is not sent again when the job has finished', async () => {
        const answer = on.ask();
        on.served = ended('completed');
        await on.pass(second);
        assert.equal(await answer, 'finishedFirst');
        assert.deepEqual(on.asked, ['cancel @0', 'read@1']);
        assert.equal(on.told.length, 1);
      });

      for (const [state, outcome] of [
        ['canceled', 'accepted'],
        ['completed', 'finishedFirst'],
      ] as const)
        it(`is answered when a refresh tells first that the job has ended (${state})`, async () => {
          const answer = on.ask();
          await on.pass(0);
          on.store.upsert([ended(state)]);
          assert.equal(await Promise.race([answer, on.pass(minute)]), outcome);
          assert.deepEqual(on.asked, ['cancel @0']);
          assert.equal(on.told.length, 1);
        });

      it('is answered when a refresh told of the end before the answer was lost', async () => {
        let lose: (error: Error) => void = () => undefined;
        on.answers = [new Promise<void>((_resolve, reject) => (lose = reject))];
        const answer = on.ask();
        await on.pass(0);
        on.store.upsert([ended('canceled')]);
        lose(failure(kind));
        assert.equal(await Promise.race([answer, on.pass(minute)]), 'accepted');
        assert.deepEqual(on.asked, ['cancel @0']);
      });

      it('is not sent a third time when that answer is lost too, and says so', async () => {
        on.answers.push(failure(kind));
        const answer = assert.rejects(on.ask(), { kind });
        await on.pass(second);
        await answer;
        assert.equal(on.stage()?.kind, 'unanswered');
        assert.ok(on.kept);
        await on.pass(60 * minute);
        assert.deepEqual(on.asked, ['cancel @0', 'read@1', 'cancel @1', 'read@2']);
        assert.deepEqual(on.stage(), {
          kind: 'unanswered',
          open: false,
          words: 'cancel not answered',
          sentence: 'The cancel was not answered, and the job goes on. Cancel it again if you still want to.',
        });
        assert.equal(on.kept, undefined);
        // It did arrive.
        on.store.upsert([ended('canceled')]);
        assert.equal(on.stage()?.kind, 'canceled');
      });

      it('may be asked for again by the person then', async () => {
        on.answers.push(failure(kind));
        const answer = assert.rejects(on.ask(), { kind });
        await on.pass(2 * second);
        await answer;
        assert.equal(await on.ask(), 'accepted');
      });

      it('is not sent again by a guard that came meanwhile', async () => {
        const answer = assert.rejects(on.ask(), { kind: 'guarded' });
        on.looks = [failure('guarded')];
        await on.pass(second);
        await answer;
        assert.equal(on.stage()?.kind, 'unanswered');
        await on.pass(minute);
        assert.deepEqual(on.asked, ['cancel @0', 'read@1']);
      });

      it('tells of a refusal when nobody waits any more', async () => {
        on.unreadable = failure('unreachable');
        const answer = assert.rejects(on.ask(), { kind });
        await on.pass(second);
        await answer;
        assert.equal(on.stage()?.kind, 'unanswered');
        on.unreadable = undefined;
        on.answers = [failure('forbidden')];
        await on.pass(2 * second);
        assert.equal(on.stage()?.kind, 'refused');
        assert.deepEqual(on.told, ['error: "Import" on Acme was not canceled. a failure of kind forbidden']);
      });

      it('leaves it to the rejection to tell of a refusal while somebody waits', async () => {
        on.answers.push(failure('forbidden'));
        const answer = assert.rejects(on.ask(), { kind: 'forbidden' });
        await on.pass(second);
        await answer;
        assert.equal(on.stage()?.kind, 'refused');
        assert.deepEqual(on.told, []);
      });

      it('is sent again by a later follow-up when the first could not look at the job', async () => {
        // Nothing else says that the cancel may still come.
        const answer = assert.rejects(on.ask(), { kind });
        on.looks = [failure('rateLimited')];
        await on.pass(3 * second);
        await answer;
        assert.equal(on.stage()?.kind, 'accepted');
      });

      it('is not sent again long after it was asked for', async () => {
        on.unreadable = failure('unreachable');
        const answer = assert.rejects(on.ask(), { kind });
        await on.pass(15 * minute);
        await answer;
        on.unreadable = undefined;
        await on.pass(5 * minute);
        assert.equal(on.asked.filter((each) => each.startsWith('cancel')).length, 1);
        assert.equal(on.stage()?.kind, 'unanswered');
      });
    });

  it('is not sent again when whoever asked gave up, and is followed all the same', async () => {
    const caller = new AbortController();
    on.answers = [silence()];
    const answer = assert.rejects(on.ask({}, caller.signal), { name: 'AbortError' });
    await on.pass(second);
    caller.abort();
    await answer;
    assert.equal(on.stage()?.kind, 'unanswered');
    on.reload();
    await on.pass(second);
    assert.deepEqual(on.asked, ['cancel @0', 'read@2']);
    on.served = ended('canceled');
    on.store.upsert([on.served]);
    assert.equal(on.stage()?.kind, 'canceled');
  });
});
