import assert from 'node:assert/strict';
import { everyJob } from '../../../src/jobs/everything';
import type { Job } from '../../../src/jobs/job';
import type { Page, PageToken } from '../../../src/jobs/query';
import { FakeApi, job, page } from '../../support/jobs';

describe('everyJob', () => {
  let api: FakeApi;
  const read = async (signal?: AbortSignal) => {
    const found: Job[] = [];
    for await (const each of everyJob(api, {}, signal)) found.push(each);
    return found.map(({ id }) => id);
  };
  /** Answers with these pages, one after the other. */
  const answerWith = (pages: readonly Page[]) => {
    let at = 0;
    api.find = () => Promise.resolve(pages[at++] ?? assert.fail('asked too often'));
  };
  const next = 'more' as PageToken;

  beforeEach(() => {
    api = new FakeApi({ largestPage: 10 });
  });

  it('reads every page', async () => {
    api.jobs = Array.from({ length: 95 }, (_, n) => job(`j${n}`, { created: 200 - n }));
    assert.deepEqual(
      await read(),
      api.jobs.map(({ id }) => id),
    );
    assert.equal(api.asked.length, 10);
  });

  it('tells a job once that comes again on a later page, whatever the order and the dates', async () => {
    answerWith([
      page([job('a', { created: 9 }), job('b', { created: 8 })], { next }),
      page([job('b', { created: 8 }), job('c', { created: 8 })], { next }),
      page([job('a', { created: 9 }), job('d', { created: 12 })], { next }),
      page([{ id: 'e', state: 'running' }, job('d', { created: 12 })], { next }),
      page([{ id: 'e', state: 'running' }, job('f', { created: 1 })]),
    ]);
    assert.deepEqual(await read(), ['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('reads the list again where pages do not meet, and tells only what it has not told', async () => {
    answerWith([
      page([job('c', { created: 3 }), job('b', { created: 2 })], { next }),
      page([job('a', { created: 0 })], { contiguous: false }),
      page([job('c', { created: 3 }), job('b', { created: 2 }), job('b2', { created: 1 })], { next }),
      page([job('a', { created: 0 })]),
    ]);
    assert.deepEqual(await read(), ['c', 'b', 'a', 'b2']);
  });

  it('reads on below what it has told already, when it reads the list again', async () => {
    const top = page([job('d', { created: 4 }), job('c', { created: 3 })], { next });
    answerWith([
      top,
      page([job('b', { created: 2 })], { next, contiguous: false }),
      top,
      page([job('b', { created: 2 }), job('a', { created: 1 })]),
    ]);
    assert.deepEqual(await read(), ['d', 'c', 'b', 'a']);
  });

  it('reads on below a page on which only the end of the one before is left', async () => {
    answerWith([
      page([job('b', { created: 2 })], { next }),
      page([], { next }),
      page([job('a', { created: 1 })]),
    ]);
    assert.deepEqual(await read(), ['b', 'a']);
    api.find = () => Promise.resolve(page([], { next }));
    assert.deepEqual(await read(), []);
  });

  it('is content with what it found when the list never holds still', async () => {
    let asked = 0;
    api.find = () => Promise.resolve(page([job(`j${++asked}`)], { contiguous: false }));
    assert.deepEqual(await read(), ['j1', 'j2', 'j3', 'j4']);
  });

  it('does not follow a server that repeats its page for ever', async () => {
    api.find = () => Promise.resolve(page([job('a', { created: 2 }), job('b', { created: 1 })], { next }));
    assert.deepEqual(await read(), ['a', 'b']);
  });

  it('ends with the abort when it is not wanted any more', async () => {
    const controller = new AbortController();
    api.find = () => {
      controller.abort();
      return Promise.resolve(page([job('a')], { next }));
    };
    await assert.rejects(read(controller.signal), { name: 'AbortError' });
  });
});
