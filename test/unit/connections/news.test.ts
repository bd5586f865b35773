import assert from 'node:assert/strict';
import { News } from '../../../src/connections/news';
import { Store } from '../../../src/jobs/store';
import { job, minute } from '../../support/jobs';

describe('failures that nobody has seen', () => {
  let kept: unknown;
  let now: number;
  const memory = { get: () => kept, set: (at: number) => void (kept = at) };
  const open = () => new News(memory, () => now);
  /** A connection whose clock is right, with jobs that failed at these minutes. */
  const failed = (...minutes: number[]) => {
    const store = new Store({ kind: 'ready', since: 0 });
    store.upsert(minutes.map((at) => job(`j${at}`, { state: 'failed', ended: at })));
    return { off: false, state: store.state };
  };
  const ids = (news: News, session: ReturnType<typeof failed>) => news.of(session).jobs.map(({ id }) => id);
  const at = (time: number) => (now = minute(time).getTime());

  beforeEach(() => {
    kept = undefined;
    at(10);
  });

  it('are those after the last look, and none while a person looks', () => {
    const news = open();
    at(20);
    assert.deepEqual(ids(news, failed(5, 15)), ['j15']);
    news.look(true);
    assert.deepEqual(ids(news, failed(5, 15)), []);
    at(30);
    news.look(false);
    assert.deepEqual(ids(news, failed(25)), []);
    assert.deepEqual(ids(news, failed(25, 35)), ['j35']);
    news.seen();
    at(40);
    assert.deepEqual(ids(news, failed(25, 35)), ['j35']);
    news.seen();
    assert.deepEqual(ids(news, failed(25, 35)), []);
  });

  it('outlive a restart, and a look in another window ends them', () => {
    open();
    at(20);
    const [after, other] = [open(), open()];
    assert.deepEqual(ids(after, failed(5, 15)), ['j15']);
    other.seen();
    assert.deepEqual(ids(after, failed(5, 15)), []);
  });

  it('are not those that a person saw who looked until the end', () => {
    const news = open();
    news.look(true);
    at(60);
    news.note();
    at(61);
    assert.deepEqual(ids(open(), failed(59)), []);
  });

  it('begin anew where what is kept can not be true', () => {
    for (const wrong of ['yesterday', Number.NaN, minute(1000).getTime()]) {
      kept = wrong;
      assert.deepEqual(ids(open(), failed(5)), []);
      assert.equal(kept, minute(10).getTime());
    }
  });

  it('may be more than those that are known where none is older', () => {
    const news = open();
    const minutes = (count: number) => Array.from({ length: count }, (_, n) => 11 + n);
    at(100);
    assert.equal(news.of(failed(...minutes(49))).more, false);
    assert.equal(news.of(failed(...minutes(50))).more, true);
    assert.equal(news.of(failed(5, ...minutes(49))).more, false);
  });
});
