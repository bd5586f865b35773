import { temporaryFolder } from '../host/paths';
import type { Figure } from './figure';
import { startInstance } from './instance';
import { median } from './median';
import { openWindows } from './windows/windows';

/** What the store and the jobs tree cost in the extension host, without the window: time and memory. */
export async function tree(): Promise<Figure[]> {
  const windows = await openWindows(await temporaryFolder('bench-tree'), []);
  const instance = await startInstance({ jobs: 100_000, active: 20, newest: Date.now() });
  try {
    const { apply, rebuild, wrong } = await windows.perform({ kind: 'apply' });
    const { heap, warm, refreshes } = await windows.perform({ kind: 'churn', url: instance.url });
    const [before = NaN, after = NaN] = [heap[warm], heap[refreshes]];
    return [
      {
        name: 'applying a refresh of 10,000 active jobs, 1 % changed, of building everything anew',
        value: median(apply) / median(rebuild),
        unit: '×',
        atMost: 0.1,
        detail: { 'apply, ms': apply.map(Math.round), 'anew, ms': rebuild.map(Math.round) },
      },
      { name: 'rows painted without need, or not painted, by these', value: wrong, unit: 'rows', atMost: 0 },
      {
        name: `heap after ${refreshes} refreshes with churn, against that after ${warm}`,
        value: (after / before - 1) * 100,
        unit: '%',
        atMost: 5,
        detail: { 'bytes, every hundred': Object.values(heap) },
      },
    ];
  } finally {
    await windows.close();
    await instance.stop();
  }
}
