import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { DetailsModel } from '../../../src/details/model';
import type { DetailsState, ToPage } from '../../../src/details/protocol';
import type { ImportSummary } from '../../../src/jobs/query';
import { FakeSession } from '../../support/details';
import { failure, job } from '../../support/jobs';

describe('DetailsModel', () => {
  let session: FakeSession;
  let model: DetailsModel;
  const posted: ToPage[] = [];
  const open = (id = 'j') => new DetailsModel(session, id, (message) => posted.push(message));
  /** What was posted of a kind since the last call, which forgets the rest. */
  const told = <K extends ToPage['kind']>(kind: K) =>
    posted.splice(0).filter((message): message is Extract<ToPage, { kind: K }> => message.kind === kind);
  const lastState = (): DetailsState => told('state').at(-1)?.state ?? assert.fail('no state was posted');

  beforeEach(() => {
    posted.length = 0;
    session = new FakeSession();
    session.served = job('j', { name: 'Nightly', type: 'WORKFLOW' });
    model = open();
  });
  afterEach(() => model.dispose());

  it('tells the job before it is read when it is known, and again when it was read', async () => {
    session.store.setActive([job('j', { name: 'Nightly', progress: 10 })], true);
    model.dispose();
    posted.length = 0;
    model = open();
    assert.equal(model.title, 'Nightly');
    session.served = job('j', { name: 'Nightly', progress: 20 });
    const opened = model.open();
    assert.deepEqual(
      told('state').map(({ state }) => state.job.progress),
      [10],
    );
    await opened;
    const { job: read, connection, gone, problem } = lastState();
    assert.deepEqual([read.progress, connection.name, gone, problem], [20, 'Acme', false, undefined]);
  });

  it('posts nothing while it knows nothing, until the answer is there', async () => {
    const opened = model.open();
    assert.deepEqual(posted, []);
    assert.equal(model.title, undefined);
    await opened;
    assert.equal(lastState().job.name, 'Nightly');
  });

  it('adds the names of people once they are known, without waiting for them', async () => {
    session.named = { u1: 'Ada' };
    await model.open();
    const users = told('state').map(({ state }) => state.users);
    assert.deepEqual(users[0], {});
    assert.deepEqual(users.at(-1), { u1: 'Ada' });
  });

  it('follows the job in the store, and posts nothing for other jobs', async () => {
    session.store.setActive([job('j'), job('k')], true);
    await model.open();
    posted.length = 0;
    session.store.upsert([job('k', { progress: 5 }), job('l'), job('m', { state: 'failed', ended: 2 })]);
    session.store.remove('k');
    assert.deepEqual(posted, []);
    session.store.upsert([job('j', { progress: 50 })]);
    assert.equal(lastState().job.progress, 50);
    session.store.upsert([job('j', { state: 'completed', ended: 3 })]);
    assert.equal(lastState().job.state, 'completed');
    session.store.upsert([job('j', { state: 'waiting' })]);
    session.store.setActive([job('j', { state: 'running' })], true);
    assert.equal(lastState().job.state, 'running');
    session.store.setCancel('j', { kind: 'asked', words: 'asked', sentence: 'It was asked to stop.' });
    assert.equal(lastState().cancelStatus, 'It was asked to stop.');
  });

  it('says whether the job is watched, as soon as that changes, and whether it can be', async () => {
    session.store.setActive([job('j')], true);
    await model.open();
    const told = () => {
      const { watched, canWatch } = lastState();
      return [watched, canWatch];
    };
    assert.deepEqual(told(), [false, true]);
    session.watched = true;
    session.store.touch(['other']);
    assert.deepEqual(posted, []);
    session.store.touch(['j']);
    assert.deepEqual(told(), [true, true]);
    session.watched = false;
    session.store.upsert([job('j', { state: 'completed', ended: 3 })]);
    assert.deepEqual(told(), [false, false]);
  });

  it('says that the job is gone, keeps what was known, and posts nothing for other jobs then either', async () => {
    session.store.setActive([job('j', { progress: 50 })], true);
    await model.open();
    session.store.remove('j');
    const state = lastState();
    assert.deepEqual([state.gone, state.canCancel, state.job.id], [true, false, 'j']);
    session.store.upsert([job('k'), job('l')]);
    session.store.upsert([job('k', { progress: 1 })]);
    assert.deepEqual(posted, []);
    session.store.upsert([job('j', { progress: 60 })]);
    assert.equal(lastState().gone, false);
  });

  it('says that a job which has ended is gone once it was looked for', async () => {
    session.served = job('j', { state: 'completed', ended: 2, name: 'Nightly' });
    await model.open();
    session.served = undefined;
    await model.read();
    const { gone, job: kept } = lastState();
    assert.deepEqual([gone, kept.name], [true, 'Nightly']);
  });

  it('says of a job that nobody knows that it is not there, or why it could not be read', async () => {
    session.served = undefined;
    await model.open();
    assert.equal(told('unavailable').at(-1)?.problem, 'This job is not on Acme.');
    session.unreadable = failure('forbidden');
    model = open('other');
    await model.open();
    assert.equal(told('unavailable').at(-1)?.problem, 'a failure of kind forbidden');
    assert.deepEqual(session.taken(), ['job', 'job']);
  });

  describe('that could not read the job', () => {
    beforeEach(async () => {
      session.store.setActive([job('j')], true);
      session.unreadable = failure('timeout');
      await model.open();
      assert.equal(lastState().problem, 'a failure of kind timeout');
    });

    it('says so until it was read', async () => {
      session.unreadable = undefined;
      await model.read();
      assert.equal(lastState().problem, undefined);
    });

    it('says so until a refresh brings it', () => {
      session.store.upsert([job('j', { progress: 5 })]);
      assert.equal(lastState().problem, undefined);
    });

    it('says so until the refreshes that failed as well go on', () => {
      const failed = { kind: 'unreachable', message: 'Acme is not there.' } as const;
      session.store.setStatus({ kind: 'stale', since: 0, failure: failed });
      assert.equal(lastState().problem, 'a failure of kind timeout');
      session.store.setStatus({ kind: 'ready', since: 1 });
      assert.equal(lastState().problem, undefined);
    });
  });

  it('says why what is shown may be old, and when it no longer is', async () => {
    await model.open();
    const failed = { kind: 'unreachable', message: 'Acme is not there.' } as const;
    session.store.setStatus({ kind: 'stale', since: 0, failure: failed });
    assert.equal(lastState().problem, 'Acme is not there.');
    session.store.setStatus({ kind: 'ready', since: 1 });
    assert.equal(lastState().problem, undefined);
  });

  it('asks for the past once, and tells it again to a page that comes back', async () => {
    for (let time = 0; time < 3; time++) {
      await model.open();
      const past = told('past');
      assert.equal(past.length, 1);
      assert.deepEqual(
        past[0]?.past.runs.map(({ id, message }) => [id, message]),
        [['before', undefined]],
      );
    }
    session.store.upsert([job('j', { progress: 5 })]);
    assert.equal(session.taken().filter((each) => each === 'past').length, 1);
  });

  it('says why the past is not known, and asks again when the job is read again', async () => {
    session.pastFailure = failure('server');
    await model.open();
    await turn();
    assert.deepEqual(told('past').at(-1)?.past, { runs: [], problem: 'a failure of kind server' });
    assert.deepEqual(session.taken(), ['job', 'past', 'names']);
    session.pastFailure = undefined;
    await model.read();
    await turn();
    assert.equal(told('past').at(-1)?.past.problem, undefined);
    assert.deepEqual(session.taken(), ['job', 'past', 'names']);
  });

  it('posts and asks nothing any more once its page is closed', async () => {
    session.served = job('j', { type: 'IMPORT', state: 'completed', ended: 2 });
    session.summaries = [{ kind: 'summary', errorsCount: 3, types: [] }];
    const opened = model.open();
    model.dispose();
    await opened;
    await turn();
    session.store.upsert([job('j', { progress: 1 })]);
    session.store.setStatus({ kind: 'loading', since: 1 });
    await model.readErrors();
    assert.deepEqual(posted, []);
    assert.deepEqual(session.taken(), ['job']);
    assert.deepEqual(session.store.pinned, []);
  });

  it('does not go on to the errors of an import when its page was closed meanwhile', async () => {
    session.served = job('j', { type: 'IMPORT', state: 'completed', ended: 2 });
    let release: ((summary: ImportSummary) => void) | undefined;
    session.summaries = [new Promise((resolve) => (release = resolve))];
    await model.open();
    model.dispose();
    posted.length = 0;
    release?.({ kind: 'summary', errorsCount: 3, types: [] });
    await turn();
    assert.deepEqual(session.taken(), ['job', 'past', 'summary', 'names']);
    assert.deepEqual(posted, []);
  });
});
