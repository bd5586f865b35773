import assert from 'node:assert/strict';
import FakeTimers from '@sinonjs/fake-timers';
import { Presence } from '../../../src/connections/presence';
import { Teller, type ToldSession } from '../../../src/connections/teller';
import { Watched } from '../../../src/connections/watched';
import { endedText, levelOf, type Ended, type Ending, type Telling } from '../../../src/jobs/ending';
import type { Job } from '../../../src/jobs/job';
import { Store } from '../../../src/jobs/store';
import { FakeApi, failure, job, minute } from '../../support/jobs';

describe('telling of the ends of jobs', () => {
  let time: ReturnType<typeof FakeTimers.createClock>;
  let telling: Telling;
  let endings: readonly Ending[];
  let kept: Map<string, unknown>;
  let claimed: Set<string>;
  let told: (readonly Ended[])[];
  let cappeds: boolean[];
  let api: FakeApi;

  /** A window with a connection; several share what is stored, and what is claimed. */
  const openWindow = (name = 'one') => {
    const store = new Store({ kind: 'ready', since: 0 });
    const watched = new Watched({
      get: (id) => kept.get(id),
      set: (id, ids) => {
        if (ids) kept.set(id, ids);
        else kept.delete(id);
      },
    });
    const session = {
      id: name,
      off: false,
      markedName: 'Production',
      store,
      get state() {
        return store.state;
      },
      api: () => Promise.resolve(api),
      me: () => Promise.resolve({ id: 'me', name: 'Me' }),
    } satisfies ToldSession;
    const teller = new Teller({
      clock: {
        now: () => time.now,
        setTimeout: (callback, milliseconds) => time.setTimeout(callback, milliseconds),
        clearTimeout: (handle) => time.clearTimeout(handle as number),
      },
      watched,
      claims: { claim: (what) => !claimed.has(what) && Boolean(claimed.add(what)) },
      telling: () => telling,
      endings: () => endings,
      tell: (ended, capped) => {
        told.push(ended);
        cappeds.push(capped);
      },
    });
    store.onDidChange((change) => teller.look(session, change));
    teller.follow([session]);
    /** What a refresh brings: active jobs, and those that ended. */
    const bring = (...jobs: Job[]) => {
      api.jobs = jobs;
      store.batch(() => {
        store.setActive(
          jobs.filter(({ endedOn }) => !endedOn),
          true,
        );
        store.upsert(jobs.filter(({ endedOn }) => endedOn));
      });
    };
    return { session, store, watched, teller, bring };
  };
  const names = () => told.map((each) => each.map(({ job: { id }, ending }) => `${id} ${ending}`).join(', '));
  const later = () => time.tickAsync(5000);
  const running = (id: string, more: Partial<Job> = {}) => job(id, { state: 'running', ...more });
  const ended = (id: string, more: Partial<Job> = {}) => job(id, { state: 'completed', ended: 5, ...more });

  beforeEach(() => {
    time = FakeTimers.createClock();
    telling = 'watched';
    endings = ['failed', 'withErrors', 'canceled', 'completed'];
    kept = new Map();
    claimed = new Set();
    told = [];
    cappeds = [];
    api = new FakeApi();
  });

  it('is of watched jobs alone unless more is wanted, and each of them once', async () => {
    const { watched, bring } = openWindow();
    bring(running('a'), running('b'));
    watched.add('one', ['a']);
    bring(ended('a'), ended('b'));
    await later();
    assert.deepEqual(names(), ['a completed']);
    assert.deepEqual(kept, new Map());
    bring(ended('a'), ended('b'), running('c'));
    await later();
    assert.equal(told.length, 1);
  });

  it('comes from the job, which is read again: one that only left a list has not ended', async () => {
    const { watched, bring, store } = openWindow();
    watched.add('one', ['a']);
    bring(running('a'));
    store.setActive([], true);
    await later();
    // A list says that it ended; the job itself says that it goes on.
    api.jobs = [running('a')];
    store.upsert([ended('a')]);
    await later();
    assert.deepEqual(told, []);
    api.jobs = [ended('a', { result: 'COMPLETED_WITH_ERROR' })];
    store.upsert([ended('a', { message: 'done' })]);
    await later();
    assert.deepEqual(names(), ['a withErrors']);
  });

  it('is one message for those that end together', async () => {
    const { watched, bring } = openWindow();
    bring(running('a'), running('b'), running('c'));
    watched.add('one', ['a', 'b', 'c']);
    bring(ended('a'), ended('b', { state: 'failed' }), running('c'));
    await time.tickAsync(500);
    bring(ended('a'), ended('b', { state: 'failed' }), ended('c'));
    await later();
    assert.deepEqual(names(), ['b failed, a completed, c completed']);
    assert.equal(levelOf(told[0] ?? []), 'error');
    assert.equal(endedText(told[0] ?? []), '3 jobs ended on Production: 1 failed, 2 completed.');
  });

  it('is done by one of two windows', async () => {
    const [first, second] = [openWindow(), openWindow()];
    first.watched.add('one', ['a']);
    for (const { bring } of [first, second]) bring(running('a'));
    for (const { bring } of [first, second]) bring(ended('a'));
    await later();
    assert.deepEqual(names(), ['a completed']);
  });

  it('survives a restart: what ended meanwhile is told, what was told is not', async () => {
    const before = openWindow();
    before.bring(running('a'), running('b'));
    before.watched.add('one', ['a', 'b']);
    before.bring(ended('a'), running('b'));
    await later();
    before.teller.dispose();
    const after = openWindow();
    after.bring(ended('a'), ended('b'));
    await later();
    assert.deepEqual(names(), ['a completed', 'b completed']);
  });

  it('keeps what is watched known, and no longer what is not', () => {
    const { watched, store } = openWindow();
    watched.add('one', ['a']);
    assert.deepEqual(store.pinned, ['a']);
    watched.remove('one', ['a']);
    assert.deepEqual(store.pinned, []);
  });

  it('is of my own jobs, or of all, when that is wanted', async () => {
    telling = 'mine';
    const { bring } = openWindow();
    const jobs = (make: typeof running) => [
      make('a', { user: 'me' }),
      make('b', { createdBy: 'me' }),
      make('c'),
    ];
    bring(...jobs(running));
    bring(...jobs(ended));
    await later();
    assert.deepEqual(names(), ['a completed, b completed']);
    telling = 'all';
    bring(running('d'));
    bring(ended('d'));
    await later();
    assert.deepEqual(names().slice(1), ['d completed']);
  });

  it('leaves out kinds of ends that are not wanted, and everything when it is off', async () => {
    endings = ['failed'];
    telling = 'all';
    const { bring, watched } = openWindow();
    bring(running('a'), running('b'));
    bring(ended('a'), ended('b', { state: 'failed' }));
    await later();
    assert.deepEqual(names(), ['b failed']);
    telling = 'off';
    watched.add('one', ['c']);
    bring(running('c'));
    bring(ended('c', { state: 'failed' }));
    await later();
    assert.equal(told.length, 1);
  });

  it('looks it up again when the instance could not be asked, and forgets a job that is gone', async () => {
    const { watched, bring, store } = openWindow();
    watched.add('one', ['a', 'b']);
    bring(running('a'), running('b'));
    api.failure = failure('unreachable');
    store.upsert([ended('a')]);
    await later();
    assert.deepEqual([told.length, watched.of('one')], [0, ['a', 'b']]);
    api.failure = undefined;
    api.jobs = [ended('a')];
    store.upsert([ended('a', { message: 'again' }), ended('b')]);
    await later();
    assert.deepEqual([names(), watched.of('one')], [['a completed'], []]);
  });

  it('looks up again what could not be read of jobs that nobody watches', async () => {
    telling = 'all';
    const { bring, store } = openWindow();
    bring(running('a'));
    api.failure = failure('unreachable');
    bring(ended('a'));
    await later();
    assert.deepEqual(told, []);
    api.failure = undefined;
    store.setStatus({ kind: 'ready', since: 1 });
    store.upsert([running('b')]);
    await later();
    assert.deepEqual(names(), ['a completed']);
  });

  it('says of a flood that more ended than were read', async () => {
    telling = 'all';
    const { bring } = openWindow();
    const flood = (make: typeof running) => Array.from({ length: 30 }, (_, n) => make(`j${n}`));
    bring(...flood(running));
    bring(...flood(ended));
    await later();
    assert.equal(endedText(told[0] ?? [], cappeds[0]), '20+ jobs ended on Production: 20 completed.');
  });

  it('asks watched jobs one by one where no refresh does', async () => {
    const { watched, teller } = openWindow();
    watched.add('one', ['a', 'b']);
    api.jobs = [running('a'), ended('b', { state: 'failed' })];
    await teller.glance();
    await later();
    assert.deepEqual(api.taken(), ['get a', 'get b']);
    assert.deepEqual(names(), ['b failed']);
    assert.deepEqual(watched.of('one'), ['a']);
  });

  it('catches up with what ended while a person was away, once, where more than watched jobs are told', async () => {
    const mine = (id: string, at: number, user = 'me') => job(id, { state: 'completed', ended: at, user });
    api.jobs = [mine('old', 10), mine('a', 30), mine('b', 40), mine('other', 50, 'you')];
    const [since, until] = [minute(20).getTime(), minute(45).getTime()];
    const { teller, session } = openWindow();
    await teller.catchUp(session, since, until);
    assert.deepEqual(api.taken(), []);
    telling = 'mine';
    for (const { teller: each, session: own } of [{ teller, session }, openWindow()])
      await each.catchUp(own, since, until);
    await later();
    assert.deepEqual(names(), ['b completed, a completed']);
    assert.equal(endedText(told[0] ?? []), '2 jobs ended on Production while you were away: 2 completed.');
    api.failure = failure('unreachable');
    await assert.rejects(teller.catchUp(session, since, until), { kind: 'unreachable' });
  });

  it('says of a watched job that it ended during an absence, and of one that ended after it not', async () => {
    const { watched, bring, teller, session } = openWindow();
    watched.add('one', ['a', 'b']);
    const away = teller.catchUp(session, minute(20).getTime(), minute(45).getTime());
    bring(ended('a', { state: 'failed', endedOn: minute(30) }), running('b'));
    await away;
    await later();
    assert.equal(endedText(told[0] ?? []), 'While you were away: "Job a" on Production failed.');
    bring(ended('b', { endedOn: minute(50) }));
    await later();
    assert.equal(endedText(told[1] ?? []), '"Job b" on Production completed.');
  });

  it('says when more may have ended than were looked at', async () => {
    telling = 'all';
    api.jobs = Array.from({ length: 60 }, (_, n) => job(`j${n}`, { state: 'completed', ended: 30 }));
    const { teller, session } = openWindow();
    await teller.catchUp(session, minute(20).getTime(), minute(45).getTime());
    await later();
    assert.equal(
      endedText(told[0] ?? [], cappeds[0]),
      '50+ jobs ended on Production while you were away: 50 completed.',
    );
    assert.deepEqual(cappeds, [true]);
  });

  it('ends with the window', async () => {
    const { watched, bring, teller, store } = openWindow();
    watched.add('one', ['a']);
    bring(running('a'));
    bring(ended('a'));
    teller.dispose();
    await later();
    assert.deepEqual([told, store.pinned], [[], []]);
  });
});

describe('the presence of a person', () => {
  it('tells of an absence of five minutes and more, once, also after a restart', () => {
    const kept = new Map<string, number>();
    const memory = {
      get: (id: string) => kept.get(id),
      set: (id: string, at: number) => void kept.set(id, at),
    };
    const minutes = (count: number) => 1e12 + count * 60_000;
    const presence = new Presence(memory);
    assert.deepEqual(
      [0, 1, 5, 20, 20.5].map((at) => presence.look('one', minutes(at))),
      // At first there was no last time.
      [undefined, undefined, undefined, minutes(5), undefined],
    );
    assert.equal(new Presence(memory).look('one', minutes(60)), minutes(20));
    assert.equal(presence.look('one', minutes(61)), undefined);
    assert.equal(presence.look('two', minutes(61)), undefined);
  });

  it('tells of an absence again, a minute later, when nothing could be found out of it', () => {
    const kept = new Map<string, number>();
    const presence = new Presence({ get: (id) => kept.get(id), set: (id, at) => void kept.set(id, at) });
    const minutes = (count: number) => 1e12 + count * 60_000;
    presence.look('one', minutes(0));
    assert.equal(presence.look('one', minutes(10)), minutes(0));
    presence.owe('one', minutes(0));
    assert.deepEqual(
      [10.5, 11, 12].map((at) => presence.look('one', minutes(at))),
      [undefined, minutes(0), undefined],
    );
  });
});
