import assert from 'node:assert/strict';
import type { Change } from '../../../src/jobs/state';
import { spoken } from '../../../src/jobs/cancelText';
import { Store } from '../../../src/jobs/store';
import type { JobState } from '../../../src/jobs/job';
import type { PageToken } from '../../../src/jobs/query';
import { job, minute, page } from '../../support/jobs';

const token = 'next' as PageToken;

describe('Store', () => {
  let store: Store;
  let changes: Change[];
  const ids = (group: JobState) => store.state.groups[group].jobs.map(({ id }) => id).join(' ');
  const touched = () =>
    changes.splice(0).map(({ groups, jobs }) => [[...groups].join(' '), jobs.map(({ id }) => id).join(' ')]);

  beforeEach(() => {
    store = new Store({ kind: 'loading', since: 0 });
    changes = [];
    store.onDidChange((change) => changes.push(change));
  });

  it('groups active jobs by state, newest first as the server lists them', () => {
    store.setActive([job('c', { created: 3 }), job('b', { state: 'waiting', created: 2 }), job('a')], true);
    assert.equal(ids('running'), 'c a');
    assert.equal(ids('waiting'), 'b');
    assert.equal(store.state.groups.running.total, 2);
  });

  it('says nothing when nothing changed, and keeps the very same jobs', () => {
    store.setActive([job('a', { progress: 1 })], true);
    const before = store.state.groups.running.jobs;
    changes.length = 0;
    store.setActive([job('a', { progress: 1 })], true);
    assert.deepEqual(changes, []);
    assert.equal(store.state.groups.running.jobs, before);
  });

  it('says which row changed in place, and which groups a job moved between, in one change', () => {
    store.setActive([job('b', { created: 2 }), job('a')], true);
    touched();
    store.setActive([job('b', { created: 2, progress: 5 }), job('a')], true);
    assert.deepEqual(touched(), [['', 'b']]);
    store.setActive([job('b', { created: 2, state: 'waiting', progress: 5 }), job('a')], true);
    assert.deepEqual(touched(), [['running waiting', '']]);
  });

  it('keeps a job that left the active list until it is known what became of it', () => {
    store.setActive([job('b', { created: 2 }), job('a')], true);
    const listed = [job('b', { created: 2 })];
    const left = store.leftOf(listed, true);
    store.setActive(listed, true);
    assert.deepEqual(
      left.map(({ id }) => id),
      ['a'],
    );
    assert.equal(ids('running'), 'b a');
    store.upsert([job('a', { state: 'failed', ended: 5 })]);
    assert.equal(ids('running'), 'b');
    assert.equal(ids('failed'), 'a');
  });

  it('does not take a cut list for the end of the jobs below the cut', () => {
    store.setActive([job('b', { created: 2 }), job('a', { created: 1 })], true);
    const listed = [job('c', { created: 3 }), job('b', { created: 2 })];
    assert.deepEqual(store.leftOf(listed, false), []);
    store.setActive(listed, false);
    assert.equal(ids('running'), 'c b');
    assert.equal(store.state.groups.running.total, undefined);
  });

  it('puts a job that ended on top of an opened group, and counts it once', () => {
    store.setFirstPage(
      'completed',
      page([job('x', { state: 'completed', ended: 9 })], { total: 40, next: token }),
      minute(10).getTime(),
    );
    store.setActive([job('a')], true);
    store.setActive([], true);
    store.upsert([job('a', { state: 'completed', ended: 11 })]);
    store.upsert([job('a', { state: 'completed', ended: 11, result: 'SUCCESS' })]);
    assert.equal(ids('completed'), 'a x');
    assert.equal(store.state.groups.completed.total, 41);
  });

  it('does not count a job again that had ended before the count', () => {
    store.setTotal('completed', 40, minute(10).getTime());
    store.upsert([job('old', { state: 'completed', ended: 9 })]);
    assert.equal(store.state.groups.completed.total, 40);
  });

  it('counts a job once, also when the group keeps no row of it', () => {
    store.setTotal('completed', 0, minute(10).getTime());
    const first = job('first', { state: 'completed', ended: 11 });
    store.upsert([first]);
    store.upsert(Array.from({ length: 60 }, (_, n) => job(`j${n}`, { state: 'completed', ended: 12 + n })));
    for (let n = 0; n < 5; n++) store.upsert([first]);
    assert.equal(store.state.groups.completed.total, 61);
  });

  it('shows a job without an end on top, and of two that ended together the later one first', () => {
    const row = (id: string, created: number) => job(id, { state: 'failed', created, ended: 9 });
    store.setFirstPage('failed', page([row('b', 5), row('a', 3)], { next: token }), 0);
    store.setActive([job('r')], true);
    store.upsert([row('c', 4), { ...job('r'), state: 'failed' }]);
    assert.equal(ids('failed'), 'r b c a');
  });

  it('leaves a job that belongs below the loaded rows to "load more", so that no gap hides behind it', () => {
    const rows = [job('y', { state: 'failed', ended: 9 }), job('x', { state: 'failed', ended: 8 })];
    store.setFirstPage('failed', page(rows, { next: token }), 0);
    store.upsert([job('older', { state: 'failed', ended: 3 })]);
    assert.equal(ids('failed'), 'y x');
    store.appendPage('failed', page([job('older', { state: 'failed', ended: 3 })]));
    assert.equal(ids('failed'), 'y x older');
    assert.equal(store.state.groups.failed.total, 3);
  });

  it('keeps rows below a first page that is read again, when the two meet', () => {
    const row = (id: string, ended: number) => job(id, { state: 'failed', ended });
    store.setFirstPage('failed', page([row('d', 4), row('c', 3)], { next: token }), 0);
    store.appendPage('failed', page([row('b', 2), row('a', 1)]));
    store.setFirstPage('failed', page([row('e', 5), row('d', 4)], { next: token }), 0);
    assert.equal(ids('failed'), 'e d c b a');
    store.setFirstPage('failed', page([row('z', 30), row('y', 29)], { next: token }), 0);
    assert.equal(ids('failed'), 'z y');
  });

  it('forgets a count that a page no longer proves', () => {
    const row = (id: string, ended: number) => job(id, { state: 'failed', ended });
    store.setFirstPage('failed', page([row('a', 1)]), 0);
    assert.equal(store.state.groups.failed.total, 1);
    store.setFirstPage('failed', page([row('z', 30), row('y', 29)], { next: token }), 0);
    assert.equal(store.state.groups.failed.total, undefined);
    store.setTotal('failed', 9, 0);
    store.closeGroups();
    assert.equal(store.state.groups.failed.total, undefined);
  });

  it('remembers a cancel of a job that it does not know', () => {
    store.setCancel('a', spoken({ kind: 'accepted', since: 0 }));
    store.setActive([job('a')], true);
    assert.equal(ids('canceling'), 'a');
  });

  it('shows no job twice when pages overlap or a job is active again', () => {
    const row = (id: string) => job(id, { state: 'failed', ended: 1 });
    store.setFirstPage('failed', page([row('b'), row('a'), row('b')], { next: token }), 0);
    store.appendPage('failed', page([row('a'), row('c')]));
    assert.equal(ids('failed'), 'b a c');
    store.setActive([job('b')], true);
    assert.equal(ids('failed'), 'a c');
    assert.equal(ids('running'), 'b');
  });

  it('puts a job where its own state belongs, whatever the server was asked for', () => {
    store.upsert([job('odd', { state: 'other' })]);
    const listed = [job('odd'), job('a'), job('done', { state: 'completed', ended: 3 })];
    store.setActive(listed, true);
    store.setFirstPage('failed', page([job('a'), job('f', { state: 'failed', ended: 2 })]), 0);
    assert.deepEqual((['running', 'completed', 'failed', 'other'] as const).map(ids), [
      'odd a',
      'done',
      'f',
      '',
    ]);
  });

  it('makes one change of a list in which a finished job is active again', () => {
    store.upsert([job('b', { state: 'failed', ended: 2 })]);
    touched();
    store.setActive([job('b')], true);
    assert.deepEqual(touched(), [['running waiting canceling failed', '']]);
  });

  it('keeps few rows of a group that nobody opened', () => {
    const many = Array.from({ length: 80 }, (_, n) => job(`j${n}`, { state: 'completed', ended: n }));
    store.upsert(many);
    const { jobs } = store.state.groups.completed;
    assert.equal(jobs.length, 50);
    assert.equal(jobs[0]?.id, 'j79');
    assert.equal(store.job('j0'), undefined);
  });

  it('shows an accepted cancel as canceling until the job ends', () => {
    store.setActive([job('a')], true);
    store.setCancel('a', spoken({ kind: 'accepted', since: 0 }));
    assert.equal(ids('canceling'), 'a');
    store.setActive([job('a', { progress: 50 })], true);
    assert.equal(ids('canceling'), 'a');
    assert.equal(ids('running'), '');
    store.setActive([], true);
    store.upsert([job('a', { state: 'canceled', ended: 3 })]);
    assert.equal(ids('canceled'), 'a');
    assert.equal(ids('canceling'), '');
  });

  it('gives a state that nobody knows a group of its own', () => {
    store.upsert([job('a', { state: 'other', rawState: 'PAUSED' })]);
    assert.equal(ids('other'), 'a');
  });

  it('tells of a pinned job wherever it is, and keeps it until it is unpinned', () => {
    store.setFirstPage('failed', page([job('x', { state: 'failed', ended: 9 })], { next: token }), 0);
    const unpin = store.pin('old');
    store.upsert([job('old', { state: 'failed', ended: 1 })]);
    assert.equal(store.job('old')?.state, 'failed');
    assert.equal(ids('failed'), 'x');
    assert.deepEqual(
      changes.at(-1)?.jobs.map(({ id }) => id),
      ['old'],
    );
    unpin();
    assert.deepEqual(store.pinned, []);
  });

  it('forgets a job that is gone', () => {
    store.setActive([job('a')], true);
    store.remove('a');
    assert.equal(ids('running'), '');
    assert.equal(store.state.groups.running.total, 0);
    assert.equal(store.job('a'), undefined);
  });

  it('makes a batch one change, and none when it comes out the same', () => {
    store.setActive([job('a')], true);
    touched();
    store.batch(() => {
      store.setActive([], true);
      store.upsert([job('a', { state: 'failed', ended: 5 })]);
    });
    assert.deepEqual(touched(), [['running failed', '']]);
    store.batch(() => {
      store.upsert([job('b')]);
      store.remove('b');
    });
    assert.deepEqual(touched(), []);
  });

  it('tells of a status only when a person would read something else', () => {
    store.setStatus({ kind: 'ready', since: 1 });
    store.setStatus({ kind: 'ready', since: 2 });
    assert.equal(changes.length, 1);
    assert.equal(store.state.status.since, 2);
  });
});
