import assert from 'node:assert/strict';
import type { Job, JobState } from '../../../src/jobs/job';
import type { JobSort, PageToken } from '../../../src/jobs/query';
import { below } from '../../../src/jobs/sort';
import { Store } from '../../../src/jobs/store';
import { job, minute, page } from '../../support/jobs';

describe('what a store shows', () => {
  let sort: JobSort | undefined;
  let wanted: (each: Job) => boolean;
  let store: Store;
  const ids = (group: JobState) => store.state.groups[group].jobs.map(({ id }) => id).join(' ');
  const named = (name: string, more: Parameters<typeof job>[1] = {}) => job(name, { name, ...more });
  const failed = (name: string, ended: number) => named(name, { state: 'failed', ended });

  beforeEach(() => {
    sort = { field: 'name', order: 'asc' };
    wanted = () => true;
    store = new Store(
      { kind: 'loading', since: 0 },
      { wanted: (each) => wanted(each), below: () => sort && below(sort) },
    );
  });

  it('keeps to the order of the server, and puts what comes alone where it belongs', () => {
    store.setActive([named('a', { created: 1 }), named('c', { created: 9 })], true);
    store.upsert([named('b', { created: 20 })]);
    assert.equal(ids('running'), 'a b c');
    // One that left stays in its place until it is known what became of it.
    store.setActive([named('a', { created: 1 }), named('c', { created: 9 })], true);
    assert.equal(ids('running'), 'a b c');
    store.setFirstPage('failed', page([failed('d', 9), failed('f', 1)]), 0);
    store.upsert([failed('e', 30), failed('z', 40)]);
    assert.equal(ids('failed'), 'd e f z');
  });

  it('leaves to the next page what belongs there by the order', () => {
    store.setFirstPage(
      'failed',
      page([failed('d', 9), failed('f', 1)], { next: 'next' as PageToken, total: 9 }),
      0,
    );
    store.upsert([named('z', { state: 'running' })]);
    store.upsert([failed('z', 40)]);
    assert.equal(ids('failed'), 'd f');
    assert.equal(store.state.groups.failed.total, 10);
  });

  it('knows by the order what is below a cut', () => {
    store.setActive([named('a'), named('b'), named('c')], true);
    // The list was cut below b: of c nothing is known; a left.
    assert.deepEqual(
      store.leftOf([named('b')], false).map(({ id }) => id),
      ['a'],
    );
  });

  it('lets go of what time has made unwanted, and counts it no more', () => {
    sort = undefined;
    store.setFirstPage('failed', page([failed('d', 9), failed('f', 1)], { total: 2 }), 0);
    const edge = minute(5);
    wanted = ({ endedOn }) => endedOn !== undefined && endedOn >= edge;
    store.letGo(0);
    assert.equal(ids('failed'), 'd');
    assert.equal(store.state.groups.failed.total, 1);
    assert.equal(store.job('f'), undefined);
  });

  it('counts every row of a group that is known to its end, whoever counts the others', () => {
    store.setFirstPage('failed', page([failed('d', 9)]), 0);
    store.upsert([failed('e', 30)]);
    assert.equal(store.state.groups.failed.total, 2);
  });

  it('is nothing after a reset but what somebody looks at', () => {
    store.setActive([named('a'), named('b')], true);
    const unpin = store.pin('a');
    store.reset({ kind: 'loading', since: 1 });
    assert.equal(ids('running'), '');
    assert.deepEqual([store.job('a')?.id, store.job('b')], ['a', undefined]);
    unpin();
    assert.equal(store.job('a'), undefined);
  });

  it('shows again what was looked at meanwhile, also where nothing of it changed', () => {
    const odd = named('a', { state: 'other' });
    store.upsert([odd]);
    store.pin('a');
    wanted = () => false;
    store.reset({ kind: 'loading', since: 1 });
    store.upsert([odd]);
    assert.equal(ids('other'), '');
    wanted = () => true;
    store.reset({ kind: 'loading', since: 2 });
    store.upsert([odd, odd]);
    assert.equal(ids('other'), 'a');
    let told = 0;
    store.onDidChange(() => told++);
    store.upsert([odd]);
    assert.equal(told, 0);
    store.upsert([{ ...odd, progress: 7 }]);
    assert.equal(store.state.groups.other.jobs[0]?.progress, 7);
  });

  it('tells of the cancel of a job that is looked at and not wanted', () => {
    wanted = () => false;
    store.pin('a');
    store.upsert([named('a')]);
    const told: string[] = [];
    store.onDidChange(({ jobs }) => told.push(...jobs.map(({ id }) => id)));
    store.setCancel('a', { kind: 'accepted', since: 1, words: '', sentence: '' });
    assert.deepEqual(told, ['a']);
    assert.equal(ids('canceling'), '');
  });

  it('does not show a job that is looked at and not wanted', () => {
    wanted = ({ name }) => name !== 'a';
    const unpin = store.pin('a');
    store.upsert([named('a'), named('b')]);
    assert.equal(ids('running'), 'b');
    assert.equal(store.job('a')?.id, 'a');
    unpin();
  });
});
