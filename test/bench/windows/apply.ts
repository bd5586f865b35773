import type { Job } from '../../../src/jobs/job';
import { idOf, jobOf } from '../server/fields';
import type { Applied } from './protocol';
import { collectGarbage } from './garbage';
import { ReadTree } from './tree';

const active = 10_000;
/** One job in so many changes in a round. */
const share = 100;
const rounds = 25;
/** Rounds until the code is compiled, which aren't counted. */
const warm = 5;

/** Applies refreshes in which one active job in a hundred changed, and builds everything anew, in turn. */
export async function apply(): Promise<Applied> {
  const times: { apply: number[]; rebuild: number[] } = { apply: [], rebuild: [] };
  const tree = new ReadTree('http://127.0.0.1:9', active, new Set());
  tree.session.store.setActive(jobs(0), true);
  await tree.readBelow();
  let wrong = 0;
  for (let round = 1; round <= rounds; round++) {
    tree.read.length = 0;
    times.apply.push(
      await timed(round, async (listed) => {
        tree.session.store.setActive(listed, true);
        await tree.settled();
      }),
    );
    const [expected, seen] = [new Set(changedIn(round)), new Set(tree.read)];
    wrong += [...new Set([...expected, ...seen])].filter((id) => !(expected.has(id) && seen.has(id))).length;

    const anew = new ReadTree('http://127.0.0.1:9', active, new Set());
    times.rebuild.push(
      await timed(round, async (listed) => {
        anew.session.store.setActive(listed, true);
        await anew.settled();
      }),
    );
    if (anew.read.length < active) throw new Error(`Only ${anew.read.length} rows were built.`);
    anew.dispose();
  }
  tree.dispose();
  return { apply: times.apply.slice(warm), rebuild: times.rebuild.slice(warm), wrong };
}

/** The active jobs as a server lists them once so many rounds have passed: a hundredth moves on in each. */
function jobs(round: number): Job[] {
  const plan = { jobs: active, active, newest: Date.UTC(2026, 0, 1) };
  const listed = Array.from({ length: active }, (_, row) => {
    const n = active - 1 - row;
    const moved = n % share > 0 && n % share <= round;
    return { ...jobOf({ n, state: 'running' }, plan), progress: moved ? 99 : n % 90 };
  });
  // Texts as they come from a server: in one piece each, where those of templates are put together when first read.
  const instant = (key: string, value: unknown) => (key.endsWith('On') ? new Date(value as string) : value);
  return JSON.parse(JSON.stringify(listed), instant) as Job[];
}

function changedIn(round: number): string[] {
  return Array.from({ length: active / share }, (_, n) => idOf(n * share + round));
}

/** ms from the moment in which the list was read, as an answer is, until the work is done. */
async function timed(round: number, work: (listed: Job[]) => Promise<void>): Promise<number> {
  collectGarbage();
  const listed = jobs(round);
  const start = performance.now();
  await work(listed);
  return performance.now() - start;
}
