import assert from 'node:assert/strict';
import { endedText, levelOf } from '../../../src/jobs/ending';
import { failure, minute } from '../../support/jobs';
import { ended, running, TellingWorld } from '../../support/telling';

describe('an end of a job that can hardly be known', () => {
  let world: TellingWorld;
  beforeEach(() => (world = new TellingWorld()));

  it('looks it up again when the instance could not be asked', async () => {
    const { watched, bring, store } = world.openWindow();
    watched.add('one', ['a', 'b']);
    bring(running('a'), running('b'));
    world.api.failure = failure('unreachable');
    store.upsert([ended('a')]);
    await world.later();
    assert.deepEqual([world.told.length, watched.of('one')], [0, ['a', 'b']]);
    world.api.failure = undefined;
    world.api.jobs = [ended('a')];
    store.upsert([ended('a', { message: 'again' }), ended('b')]);
    await world.later();
    assert.deepEqual([world.names(), watched.of('one')], [['b completed, a completed'], []]);
  });

  it('looks up again what could not be read of jobs that nobody watches', async () => {
    world.telling = 'all';
    const { bring, store } = world.openWindow();
    bring(running('a'));
    world.api.failure = failure('unreachable');
    bring(ended('a'));
    await world.later();
    assert.deepEqual(world.told, []);
    world.api.failure = undefined;
    store.setStatus({ kind: 'ready', since: 1 });
    store.upsert([running('b')]);
    await world.later();
    assert.deepEqual(world.names(), ['a completed']);
  });

  it('is left to the next window when this one closes before it is said', async () => {
    const { watched, bring, teller } = world.openWindow();
    watched.add('one', ['a']);
    bring(running('a'));
    bring(ended('a'));
    await world.time.tickAsync(700);
    teller.dispose();
    await world.later();
    assert.deepEqual([world.told, watched.of('one')], [[], ['a']]);
    world.openWindow().bring(ended('a'));
    await world.later();
    assert.deepEqual(world.names(), ['a completed']);
  });

  it('says so when a watched job is gone, and asks for it no longer', async () => {
    const { watched, bring, store } = world.openWindow();
    watched.add('one', ['a']);
    bring(running('a'), running('b'));
    world.api.jobs = [running('b')];
    store.batch(() => {
      store.setActive(world.api.jobs, true);
      store.remove('a');
    });
    await world.later();
    assert.equal(
      endedText(world.told[0] ?? []),
      '"Job a" is no longer on Production; how it ended is not known.',
    );
    assert.equal(levelOf(world.told[0] ?? []), 'warning');
    assert.deepEqual([watched.of('one'), store.pinned], [[], []]);
  });

  it('is not taken for gone while the instance is in trouble', async () => {
    const { watched, bring, teller } = world.openWindow();
    bring(running('a'));
    watched.add('one', ['a']);
    world.api.failure = failure('server');
    for (let n = 0; n < 8; n++) await teller.glance();
    await world.later();
    assert.deepEqual([world.told, watched.of('one')], [[], ['a']]);
    world.api.failure = undefined;
    world.api.jobs = [ended('a', { state: 'failed' })];
    await teller.glance();
    await world.later();
    assert.deepEqual(world.names(), ['a failed']);
  });

  it('waits for a job that no list has had yet, and gives it up in the end', async () => {
    const { watched, bring, store } = world.openWindow();
    watched.add('one', ['new']);
    let changes = 0;
    const change = async () => {
      store.upsert([running('b', { progress: ++changes })]);
      await world.later();
    };
    bring(running('b'));
    await world.later();
    for (let n = 0; n < 3; n++) await change();
    assert.deepEqual([world.told.length, watched.of('one')], [0, ['new']]);
    await change();
    assert.deepEqual([world.names(), watched.of('one')], [['new gone'], []]);
  });

  it('loses nothing while it can not be asked who I am', async () => {
    world.telling = 'mine';
    world.noMe = true;
    const { bring, store, teller, session } = world.openWindow();
    bring(running('a', { user: 'me' }));
    bring(ended('a', { user: 'me' }));
    await world.later();
    await assert.rejects(teller.catchUp(session, 0, 1), { kind: 'timeout' });
    world.noMe = false;
    store.upsert([running('b')]);
    await world.later();
    assert.deepEqual(world.names(), ['a completed']);
  });

  it('is once, also when the instance tells later when a job ended', async () => {
    world.telling = 'all';
    const { bring, teller, session } = world.openWindow();
    bring(running('a'));
    bring({ ...ended('a'), endedOn: undefined, lastModifiedOn: minute(30), state: 'completed' });
    await world.later();
    world.api.jobs = [ended('a', { ended: 30 })];
    await teller.catchUp(session, minute(20).getTime(), minute(45).getTime());
    await world.later();
    assert.deepEqual(world.names(), ['a completed']);
  });
});
