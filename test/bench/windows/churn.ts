import { collectGarbage } from './garbage';
import type { Churned } from './protocol';
import { ReadTree } from './tree';

const refreshes = 1000;
/** After so many everything has been used once. */
const warm = 100;

/**
 * Refreshes a tree while jobs come and go, and now and then somebody opens a group, loads more of it and closes it.
 * The bytes of the heap, once what nothing holds is freed.
 */
export async function churn(url: string): Promise<Churned> {
  const tree = new ReadTree(url, 50, new Set(['failed', 'canceled', 'completed']));
  const heap: Record<number, number> = {};
  let rows = 0;
  await tree.session.refresh();
  await tree.click('failed');
  for (let refresh = 1; refresh <= refreshes; refresh++) {
    await fetch(new URL('/bench/advance', url), { method: 'POST' });
    await tree.session.refresh();
    await tree.settled();
    if (refresh % 20 === 1) await tree.click('completed');
    // What was asked for stays loaded, so that more of it is no leak: it comes while everything warms up.
    if (refresh % 20 === 2 && refresh < warm) await tree.loadMore('completed');
    if (refresh % 20 === 9) await tree.click('completed');
    if (refresh % warm === 0) {
      collectGarbage();
      heap[refresh] = process.memoryUsage().heapUsed;
    }
    rows = Math.max(rows, tree.read.splice(0).length);
  }
  tree.dispose();
  if (rows === 0) throw new Error('No row was read.');
  return { heap, warm, refreshes };
}
