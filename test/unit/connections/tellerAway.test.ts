import assert from 'node:assert/strict';
import { endedText } from '../../../src/jobs/ending';
import { failure, job, minute } from '../../support/jobs';
import { ended, running, TellingWorld } from '../../support/telling';

describe('what ended during an absence', () => {
  let world: TellingWorld;
  beforeEach(() => (world = new TellingWorld()));

  it('catches up with what ended while a person was away, once, where more than watched jobs are told', async () => {
    const mine = (id: string, at: number, user = 'me') => job(id, { state: 'completed', ended: at, user });
    world.api.jobs = [mine('old', 10), mine('a', 30), mine('b', 40), mine('other', 50, 'you')];
    const [since, until] = [minute(20).getTime(), minute(45).getTime()];
    const { teller, session } = world.openWindow();
    await teller.catchUp(session, since, until);
    assert.deepEqual(world.api.taken(), []);
    world.telling = 'mine';
    for (const { teller: each, session: own } of [{ teller, session }, world.openWindow()])
      await each.catchUp(own, since, until);
    await world.later();
    assert.deepEqual(world.names(), ['b completed, a completed']);
    assert.equal(
      endedText(world.told[0] ?? []),
      '2 jobs ended on Production while you were away: 2 completed.',
    );
    world.api.failure = failure('unreachable');
    await assert.rejects(teller.catchUp(session, since, until), { kind: 'unreachable' });
  });

  it('says of a watched job that it ended during an absence, and of one that ended after it not', async () => {
    const { watched, bring, teller, session } = world.openWindow();
    watched.add('one', ['a', 'b']);
    const away = teller.catchUp(session, minute(20).getTime(), minute(45).getTime());
    bring(ended('a', { state: 'failed', ended: 30 }), running('b'));
    await away;
    await world.later();
    assert.equal(endedText(world.told[0] ?? []), 'While you were away: "Job a" on Production failed.');
    bring(ended('b', { ended: 50 }));
    await world.later();
    assert.equal(endedText(world.told[1] ?? []), '"Job b" on Production completed.');
  });

  it('says when more may have ended than were looked at', async () => {
    world.telling = 'all';
    world.api.jobs = Array.from({ length: 60 }, (_, n) => job(`j${n}`, { state: 'completed', ended: 30 }));
    const { teller, session } = world.openWindow();
    await teller.catchUp(session, minute(20).getTime(), minute(45).getTime());
    await world.later();
    assert.equal(
      endedText(world.told[0] ?? [], world.cappeds[0]),
      '50+ jobs ended on Production while you were away: 50 completed.',
    );
    assert.deepEqual(world.cappeds, [true]);
  });

  it('is one line after an absence, of connections that answer one after the other', async () => {
    world.telling = 'all';
    const [first, second] = [world.openWindow('one'), world.openWindow('two')];
    first.teller.follow([first.session, second.session]);
    world.api.jobs = [ended('a', { ended: 30 })];
    const absence = [minute(20).getTime(), minute(45).getTime()] as const;
    await first.teller.catchUp(first.session, ...absence);
    await world.time.tickAsync(3000);
    await first.teller.catchUp(second.session, ...absence);
    await world.later();
    assert.equal(world.told.length, 1);
  });
});
