import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Claims } from '../../../src/connections/claims';
import { endedText, levelOf } from '../../../src/jobs/ending';
import { minute } from '../../support/jobs';
import { ended, running, TellingWorld } from '../../support/telling';

describe('telling of the ends of jobs', () => {
  let world: TellingWorld;
  beforeEach(() => (world = new TellingWorld()));

  it('is of watched jobs alone unless more is wanted, and each of them once', async () => {
    const { watched, bring } = world.openWindow();
    bring(running('a'), running('b'));
    watched.add('one', ['a']);
    bring(ended('a'), ended('b'));
    await world.later();
    assert.deepEqual(world.names(), ['a completed']);
    assert.deepEqual(world.kept, new Map());
    bring(ended('a'), ended('b'), running('c'));
    await world.later();
    assert.equal(world.told.length, 1);
  });

  it('comes from the job, which is read again: one that only left a list has not ended', async () => {
    const { watched, bring, store } = world.openWindow();
    watched.add('one', ['a']);
    bring(running('a'));
    store.setActive([], true);
    await world.later();
    // A list says that it ended; the job itself says that it goes on.
    world.api.jobs = [running('a')];
    store.upsert([ended('a')]);
    await world.later();
    assert.deepEqual(world.told, []);
    world.api.jobs = [ended('a', { result: 'COMPLETED_WITH_ERROR' })];
    store.upsert([ended('a', { message: 'done' })]);
    await world.later();
    assert.deepEqual(world.names(), ['a withErrors']);
  });

  it('is one message for those that end together', async () => {
    const { watched, bring } = world.openWindow();
    bring(running('a'), running('b'), running('c'));
    watched.add('one', ['a', 'b', 'c']);
    bring(ended('a'), ended('b', { state: 'failed' }), running('c'));
    await world.time.tickAsync(500);
    bring(ended('a'), ended('b', { state: 'failed' }), ended('c'));
    await world.later();
    assert.deepEqual(world.names(), ['b failed, a completed, c completed']);
    assert.equal(levelOf(world.told[0] ?? []), 'error');
    assert.equal(endedText(world.told[0] ?? []), '3 jobs ended on Production: 1 failed, 2 completed.');
  });

  it('is done by one of two windows', async () => {
    // What really keeps them apart: files in a folder that they share.
    const folder = await mkdtemp(join(tmpdir(), 'told-'));
    world.claims = new Claims(folder);
    const [first, second] = [world.openWindow(), world.openWindow()];
    first.watched.add('one', ['a']);
    for (const { bring } of [first, second]) bring(running('a'));
    for (const { bring } of [first, second]) bring(ended('a'));
    await world.later();
    assert.deepEqual(world.names(), ['a completed']);
    await rm(folder, { recursive: true });
  });

  it('survives a restart: what ended meanwhile is world.told, what was told is not', async () => {
    const before = world.openWindow();
    before.bring(running('a'), running('b'));
    before.watched.add('one', ['a', 'b']);
    before.bring(ended('a'), running('b'));
    await world.later();
    before.teller.dispose();
    const after = world.openWindow();
    after.bring(ended('a'), ended('b'));
    await world.later();
    assert.deepEqual(world.names(), ['a completed', 'b completed']);
  });

  it('keeps what is watched known, and no longer what is not', () => {
    const { watched, store } = world.openWindow();
    watched.add('one', ['a']);
    assert.deepEqual(store.pinned, ['a']);
    watched.remove('one', ['a']);
    assert.deepEqual(store.pinned, []);
  });

  it('is of my own jobs, or of all, when that is wanted', async () => {
    world.telling = 'mine';
    const { bring } = world.openWindow();
    const jobs = (make: typeof running) => [
      make('a', { user: 'me' }),
      make('b', { createdBy: 'me' }),
      make('c'),
    ];
    bring(...jobs(running));
    bring(...jobs(ended));
    await world.later();
    assert.deepEqual(world.names(), ['a completed, b completed']);
    world.telling = 'all';
    bring(running('d'));
    bring(ended('d'));
    await world.later();
    assert.deepEqual(world.names().slice(1), ['d completed']);
  });

  it('leaves out kinds of ends that are not wanted, and everything when it is off', async () => {
    world.endings = ['failed'];
    world.telling = 'all';
    const { bring, watched } = world.openWindow();
    bring(running('a'), running('b'));
    bring(ended('a'), ended('b', { state: 'failed' }));
    await world.later();
    assert.deepEqual(world.names(), ['b failed']);
    world.telling = 'off';
    watched.add('one', ['c']);
    bring(running('c'));
    bring(ended('c', { state: 'failed' }));
    await world.later();
    assert.equal(world.told.length, 1);
  });

  it('says of a flood that more ended than were read', async () => {
    world.telling = 'all';
    const { bring } = world.openWindow();
    const flood = (make: typeof running) => Array.from({ length: 30 }, (_, n) => make(`j${n}`));
    bring(...flood(running));
    bring(...flood(ended));
    await world.later();
    assert.equal(
      endedText(world.told[0] ?? [], world.cappeds[0]),
      '20+ jobs ended on Production: 20 completed.',
    );
  });

  it('asks watched jobs one by one where no refresh does', async () => {
    const { watched, teller } = world.openWindow();
    watched.add('one', ['a', 'b']);
    world.api.jobs = [running('a'), ended('b', { state: 'failed' })];
    await teller.glance();
    await world.later();
    assert.deepEqual(world.api.taken(), ['get a', 'get b']);
    assert.deepEqual(world.names(), ['b failed']);
    assert.deepEqual(watched.of('one'), ['a']);
  });

  it('finds a job of my own among many of others', async () => {
    world.telling = 'mine';
    const { bring } = world.openWindow();
    const flood = (make: typeof running) => [
      ...Array.from({ length: 30 }, (_, n) => make(`j${n}`, { user: 'you' })),
      make('own', { user: 'me' }),
    ];
    bring(...flood(running));
    bring(...flood(ended));
    await world.later();
    assert.deepEqual(world.names(), ['own completed']);
    assert.deepEqual(world.cappeds, [false]);
    const { teller, session } = world.openWindow('two');
    world.api.jobs = [
      ...Array.from({ length: 60 }, (_, n) => ended(`k${n}`, { user: 'you', ended: 30 })),
      ended('before', { user: 'me', ended: 29 }),
    ];
    await teller.catchUp(session, minute(20).getTime(), minute(45).getTime());
    await world.later();
    assert.deepEqual(world.names().slice(1), ['before completed']);
  });

  it('is told where a filter hides what has ended, and not of what it hides altogether', async () => {
    world.telling = 'all';
    const { bring, store, teller, session } = world.openWindow();
    bring(running('a'), running('b'));
    // The filter wants running jobs: the end takes it out of sight.
    world.api.jobs = [ended('a'), running('b')];
    store.batch(() => {
      store.setActive([running('b')], true);
      store.remove('a');
    });
    await world.later();
    assert.deepEqual(world.names(), ['a completed']);
    // Another filter: what it takes away has not ended.
    world.api.taken();
    store.reset({ kind: 'loading', since: 0 });
    store.setActive([], true);
    store.setStatus({ kind: 'ready', since: 0 });
    await world.later();
    assert.deepEqual(world.api.taken(), []);
    world.api.jobs = [ended('c', { ended: 30, type: 'HIDDEN' }), ended('d', { ended: 30 })];
    await teller.catchUp(session, minute(20).getTime(), minute(45).getTime());
    await world.later();
    assert.deepEqual(world.names().slice(1), ['d completed']);
  });

  it('is told of a job that came and went between two refreshes, of no older one', async () => {
    world.telling = 'all';
    const { bring, store } = world.openWindow();
    bring(running('x'));
    await world.later();
    await world.time.tickAsync(60_000);
    bring(running('x'), ended('quick', { ended: 61, state: 'failed' }), ended('old', { ended: 30 }));
    await world.later();
    assert.deepEqual(world.names(), ['quick failed']);
    store.upsert([ended('older', { ended: 20 })]);
    await world.later();
    assert.equal(world.told.length, 1);
  });

  it('takes those that are watched one handful after the other, with no change between', async () => {
    const { bring, watched } = world.openWindow();
    const ids = Array.from({ length: 30 }, (_, n) => `j${n}`);
    bring(...ids.map((id) => running(id)));
    watched.add('one', ids);
    bring(...ids.map((id) => ended(id)));
    await world.later();
    await world.later();
    assert.equal(new Set(world.told.flat().map(({ job }) => job.id)).size, 30);
    assert.deepEqual(watched.of('one'), []);
  });

  it('waits for a job that a list has as ended and that itself goes on', async () => {
    const { bring, watched, store } = world.openWindow();
    bring(running('a'));
    watched.add('one', ['a']);
    world.api.jobs = [running('a')];
    store.batch(() => {
      store.setActive([], true);
      store.upsert([ended('a')]);
    });
    await world.later();
    assert.deepEqual(world.told, []);
    world.api.jobs = [ended('a')];
    store.upsert([running('b')]);
    await world.later();
    assert.deepEqual(world.names(), ['a completed']);
  });

  it('ends with the window', async () => {
    const { watched, bring, teller, store } = world.openWindow();
    watched.add('one', ['a']);
    bring(running('a'));
    bring(ended('a'));
    teller.dispose();
    await world.later();
    assert.deepEqual([world.told, store.pinned], [[], []]);
  });
});
