import assert from 'node:assert/strict';
import type { Demo } from '../../src/demo/demo';
import type { DemoJob, State } from '../../src/demo/demoJob';
import { finishedStates, type Job, type JobState } from '../../src/jobs/job';
import type { Generation } from '../../src/jobs/query';
import type { Workbench } from '../support/ui/workbench';
import { snapshot } from './window';

/** In the order of the panel. */
const groupOf: Record<State, JobState> = {
  ...{ RUNNING: 'running', WAITING: 'waiting', CANCELING: 'canceling' },
  ...{ ERROR: 'failed', CANCELED: 'canceled', COMPLETED: 'completed' },
};
const labels: Partial<Record<JobState, string>> = {
  ...{ running: 'Running', waiting: 'Waiting', canceling: 'Canceling' },
  ...{ failed: 'Failed', canceled: 'Canceled', completed: 'Completed' },
};
const pageSize = 50;

/** The jobs of the instance by group, in the order in which the panel shows them. */
function shouldBe(demo: Demo): Map<JobState, DemoJob[]> {
  const all = demo.jobs();
  const groups = new Map<JobState, DemoJob[]>();
  for (const group of Object.values(groupOf)) {
    const finished = finishedStates.some((state) => state === group);
    const key = ({ createdOn, endDate = 0 }: DemoJob) => (finished ? endDate : createdOn);
    const jobs = all.filter(({ state }) => groupOf[state] === group);
    groups.set(
      group,
      // Of two that ended together the one that was created later stands on top, here as at the instance.
      jobs.sort((a, b) => key(b) - key(a) || b.createdOn - a.createdOn),
    );
  }
  return groups;
}

/** What of a job both generations tell. */
function facts(job: DemoJob, generation: Generation) {
  const iso = (instant?: number) => (instant === undefined ? undefined : new Date(instant).toISOString());
  return plain({
    ...{
      id: job.id,
      name: job.name,
      type: job.type,
      result: job.result,
      message: job.message === '' ? undefined : job.message,
    },
    progress: generation === 'jobs-v1' ? Math.floor(job.progress) : job.progress,
    ...{ createdOn: iso(job.createdOn), startedOn: iso(job.startDate), endedOn: iso(job.endDate) },
  });
}

function shownFacts({ id, name, type, result, message, progress, createdOn, startedOn, endedOn }: Job) {
  return plain({ id, name, type, result, message, progress, createdOn, startedOn, endedOn });
}

/** As JSON has it: without what is undefined. */
function plain<T extends object>(value: T): Partial<T> {
  return JSON.parse(JSON.stringify(value)) as Partial<T>;
}

/** Fails unless what the extension says of the instance is what the instance has. */
export async function checkSnapshot(workbench: Workbench, demo: Demo, generation: Generation): Promise<void> {
  const known = await snapshot(workbench);
  assert.ok(known);
  const { status, error, filtered } = known;
  assert.deepEqual(
    { status, error, filtered, generation: known.generation },
    { status: 'ready', error: undefined, filtered: false, generation },
  );
  const real = shouldBe(demo);
  assert.deepEqual(known.groups.find(({ group }) => group === 'other')?.jobs, []);
  for (const { group, jobs, total, exact } of known.groups) {
    const expected = real.get(group);
    if (!expected) continue;
    const finished = finishedStates.some((state) => state === group);
    if (exact) assert.equal(total, expected.length, `count of ${group}`);
    assert.ok(exact || (finished && generation === 'jobs-v1'), `${group} isn't counted`);
    const byId = new Map(expected.map((job) => [job.id, job]));
    assert.deepEqual(
      jobs.map(({ id }) => id).filter((id) => !byId.has(id)),
      [],
      `${group} has jobs that the instance hasn't there`,
    );
    if (!finished) assert.equal(jobs.length, expected.length, `jobs of ${group}`);
    for (const job of jobs) {
      const match = byId.get(job.id);
      assert.deepEqual(shownFacts(job), match && facts(match, generation));
    }
  }
}

interface Row {
  readonly at: number;
  readonly level: number;
  readonly label: string;
  readonly description: string;
}

/** All rows in sight, read at once. */
function rowsOf(workbench: Workbench): Promise<Row[]> {
  return workbench.page.evaluate<Row[]>(
    `[...document.querySelectorAll('.part.sidebar .monaco-list-row')].map((row) => ({
      at: Number(row.dataset.index),
      level: Number(row.getAttribute('aria-level')),
      label: row.querySelector('.label-name')?.textContent ?? '',
      description: row.querySelector('.label-description')?.textContent ?? '',
    })).sort((a, b) => a.at - b.at)`,
  );
}

/** Fails unless a person reads the jobs of each group as the instance has them. Opens all groups. */
export async function checkRows(workbench: Workbench, demo: Demo, generation: Generation): Promise<void> {
  const { page } = workbench;
  const real = [...shouldBe(demo)].filter(([group, jobs]) => group !== 'canceling' || jobs.length > 0);
  const jobs = (await snapshot(workbench))?.groups.flatMap((group) => group.jobs) ?? [];
  // Only rows that are scrolled into view exist: all of them are.
  await page.setViewportSize({ width: 1280, height: 22 * (jobs.length + 3 * pageSize) });
  const count = (row: Row) => row.description.split(' of ').at(-1) ?? '';
  // Until all is painted that the last refresh brought, rows move under the mouse.
  await eventually(
    async () => (await rowsOf(workbench)).filter(({ level }) => level === 1).map(count),
    (shown) =>
      real.map(([, { length }], at) => {
        const counted = length.toLocaleString('en');
        return generation === 'jobs-v1' && /^(\d+\+)?$/.test(shown[at] ?? '?') ? (shown[at] ?? '') : counted;
      }),
  );
  for (const [group, jobs] of real) {
    const label = labels[group] ?? '';
    await workbench.tree().expand(label);
    await eventually(async () => readGroup(await rowsOf(workbench), label), wanted(jobs, generation, group));
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** What a group shows: its count, its rows, and whether there are more. */
interface Shown {
  readonly description: string;
  readonly names: readonly string[];
  readonly more: boolean;
}

function readGroup(rows: readonly Row[], label: string): Shown {
  const start = rows.findIndex((row) => row.level === 1 && row.label === label);
  const after = rows.slice(start + 1);
  const end = after.findIndex((row) => row.level === 1);
  const below = end < 0 ? after : after.slice(0, end);
  const isMore = (row: Row) => row.label.startsWith('Load more');
  return {
    description: rows[start]?.description ?? '',
    names: below.filter((row) => !isMore(row)).map((row) => row.label),
    more: below.some(isMore),
  };
}

/** Whether a group shows these jobs: all, or whole pages from the top with more to load. */
function wanted(jobs: readonly DemoJob[], generation: Generation, group: JobState) {
  return (shown: Shown): Shown => {
    const pages = Math.max(1, Math.round(shown.names.length / pageSize));
    const expected = jobs.slice(0, pages * pageSize);
    const more = expected.length < jobs.length;
    const finished = finishedStates.some((state) => state === group);
    const all = jobs.length.toLocaleString('en');
    // What Job API v1 has isn't counted: only what was read to its end is known.
    const known = generation === 'core-2.0' || !finished || !more;
    return {
      description: !more ? all : known ? `${expected.length} of ${all}` : shown.description,
      names: expected.map(({ name }) => name),
      more,
    };
  };
}

/** VS Code repaints a tree a moment after it was told to. */
async function eventually<T>(read: () => Promise<T>, expected: (read: T) => T): Promise<void> {
  const until = Date.now() + 10_000;
  for (;;) {
    const found = await read();
    try {
      assert.deepEqual(found, expected(found));
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
