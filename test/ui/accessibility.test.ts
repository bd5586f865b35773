import assert from 'node:assert/strict';
import type { Demo } from '../../src/demo/demo';
import { type Spoken, spokenOf } from '../support/ui/accessibility';
import { openConnected } from '../support/ui/connected';
import { inThemes, shot } from '../support/ui/screenshots';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

/** What a test asks of elements of the page; their own types are known to browsers only. */
interface Focusable {
  readonly innerText: string;
  readonly shadowRoot: { querySelector(selector: string): Focusable } | null;
  readonly ownerDocument: {
    readonly activeElement: Focusable | null;
    readonly defaultView: { getComputedStyle(element: Focusable): { readonly outline: string } };
  };
}

/** What the keyboard is on, in words; nothing where it has left the page. */
function focusedName(body: Focusable): string {
  const { activeElement } = body.ownerDocument;
  return activeElement === null || activeElement === body ? '' : activeElement.innerText.trim();
}

/** The line around a button: the library draws it inside of its own element. */
function outlineOf(button: Focusable): string {
  const inner = button.shadowRoot?.querySelector('.base') ?? button;
  return button.ownerDocument.defaultView.getComputedStyle(inner).outline;
}

const controls = ['button', 'link', 'searchbox', 'DisclosureTriangle'];

describe('what a person hears and types', () => {
  let workbench: Workbench;
  let demo: Demo;
  // Stands still, so that what is heard stays true while it is compared.
  const now = Date.now();
  before(async () => ({ workbench, demo } = await openConnected({ clock: { now: () => now } })));
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  const rows = async () => (await spokenOf(workbench.page)).filter(({ role }) => role === 'treeitem');
  const names = (spoken: readonly Spoken[]) => spoken.map(({ name }) => name);
  const jobsOf = (state: string) =>
    demo
      .jobs()
      .filter((job) => job.state === state)
      .toSorted((a, b) => b.createdOn - a.createdOn);
  const press = async (...keys: string[]) => {
    for (const key of keys) await workbench.page.keyboard.press(key);
  };
  const focusTree = () => workbench.runCommand('Collibra Jobs: Focus on Collibra Jobs View');

  it('is the state, progress and age of every job, and how many a group has', async () => {
    await workbench.tree().expand('Failed');
    await workbench.tree().pane.locator('.monaco-list-row[aria-level="2"]').nth(12).waitFor();
    const [running, waiting, failed] = [jobsOf('RUNNING'), jobsOf('WAITING'), jobsOf('ERROR')];
    const heard = await rows();
    const level = (wanted: number) => heard.filter((row) => row.level === wanted);
    assert.deepEqual(
      level(1).map(({ name, expanded }) => `${name} ${expanded}`),
      [
        `Running, ${running.length} jobs true`,
        `Waiting, ${waiting.length} jobs true`,
        `Failed, ${failed.length} jobs true`,
      ],
    );
    const age = String.raw`(\d+ (s|min|h)|\d+ h \d+ min)`;
    const ago = String.raw`(just now|yesterday|last \w+|\d+ (min|hr|day|days|wk|mo)\.? ago)`;
    const all = names(level(2));
    const [first, second, third] = [
      all.slice(0, running.length),
      all.slice(running.length, running.length + waiting.length),
      all.slice(running.length + waiting.length),
    ];
    running.forEach(({ name }, at) => {
      assert.ok(first[at]?.startsWith(`${name}, Running, `), first[at]);
      assert.match(first[at] ?? '', new RegExp(String.raw`, \d+%, ${age}$`));
    });
    waiting.forEach(({ name }, at) => {
      assert.ok(second[at]?.startsWith(`${name}, Waiting, `), second[at]);
      assert.match(second[at] ?? '', new RegExp(`, ${age}$`));
    });
    assert.ok(third.length > 5);
    for (const name of third) assert.match(name, new RegExp(`, Failed \\(Failure\\), ${ago}$`));
    await workbench.tree().collapse('Failed');
    await workbench.tree().expand('Completed');
    await workbench.tree().pane.locator('.monaco-list-row[aria-level="2"]').nth(12).waitFor();
    const completed = (await rows()).filter(({ level, name }) => level === 2 && name.includes(', Completed'));
    assert.ok(completed.length > 5);
    const ends = String.raw`, Completed \((Success|Completed with errors|Aborted)\)(, [A-Z][a-z ]+)?, ${ago}$`;
    for (const { name } of completed) assert.match(name, new RegExp(ends));
    await workbench.tree().collapse('Completed');
    await workbench.tree().expand('Failed');
    for (const { role, name } of await spokenOf(workbench.page))
      if (role === 'treeitem' || role === 'tree') assert.notEqual(name, '');
  });

  it('goes from the tree to the page of a job and its menu without a mouse', async () => {
    const [job] = jobsOf('RUNNING');
    assert.ok(job);
    await focusTree();
    await press('Home', 'ArrowDown');
    await workbench.tree().pane.locator('.monaco-list-row.focused').filter({ hasText: job.name }).waitFor();
    await press('Enter');
    await workbench.webview().getByRole('heading', { name: job.name }).waitFor();
    await focusTree();
    await press('Shift+F10');
    const entry = workbench.page.getByRole('menuitem', { name: 'Watch Job', exact: true });
    await entry.waitFor();
    const active = workbench.page
      .locator('.monaco-menu .action-item.focused')
      .getByText('Watch Job', { exact: true });
    for (let tries = 0; tries < 20 && !(await active.isVisible()); tries++) await press('ArrowDown');
    await press('Enter');
    await workbench.tree().pane.locator('.monaco-list-row').filter({ hasText: 'watched' }).waitFor();
    assert.match((await rows()).find(({ level }) => level === 2)?.name ?? '', /, Running, watched, \d+%/);
  });

  it('closes and opens groups, and selects several, by keys', async () => {
    await focusTree();
    await press('Home', 'ArrowLeft');
    await workbench.tree().row('Running').and(workbench.page.locator('[aria-expanded=false]')).waitFor();
    await press('ArrowRight');
    await workbench.tree().row('Running').and(workbench.page.locator('[aria-expanded=true]')).waitFor();
    await press('ArrowDown', 'Shift+ArrowDown');
    const selected = workbench.tree().pane.locator('.monaco-list-row[aria-selected=true]');
    await selected.nth(1).waitFor();
    assert.equal(await selected.count(), 2);
    await press('Escape');
  });

  it('is a page whose parts all have names, in the order in which they are seen and reached', async () => {
    const [job] = jobsOf('RUNNING');
    assert.ok(job);
    const page = workbench.webview();
    await page.getByRole('region', { name: 'Earlier runs' }).waitFor();
    const heard = await spokenOf(workbench.page, 'webview');
    assert.deepEqual(
      heard.filter(({ role, level }) => role === 'heading' && level === 1).map(({ name }) => name),
      [job.name],
    );
    const sections = heard.filter(({ role, level }) => role === 'heading' && level === 2);
    assert.deepEqual(names(sections), ['How long', 'Earlier runs', 'Time', 'People', 'Job']);
    const [progress] = heard.filter(({ role }) => role === 'progressbar');
    assert.deepEqual([progress?.name, progress?.value], ['Progress', String(Math.floor(job.progress))]);
    for (const each of heard)
      if (controls.includes(each.role) || each.focusable)
        assert.ok(each.role === 'RootWebArea' || each.name !== '', JSON.stringify(each));
    // Tab stops at each control once, from the top to the bottom.
    const expected = names(heard.filter(({ role, focusable }) => controls.includes(role) && focusable));
    const reached: string[] = [];
    await page.locator('header a').focus();
    for (;;) {
      const name = await page.locator('body').evaluate(focusedName);
      if (name === '' || name === reached[0]) break;
      reached.push(name);
      await press('Tab');
    }
    assert.deepEqual(reached, expected);
    assert.ok(reached.includes('Stop watching') && reached.includes('As a table'));
  });

  it('shows where the keyboard is, in every theme', async () => {
    const button = workbench.webview().getByRole('button', { name: 'Copy ID' });
    await inThemes(workbench, async (theme) => {
      await workbench.webview().getByRole('button', { name: 'Refresh' }).focus();
      await press('Tab');
      const outline = await button.evaluate(outlineOf);
      assert.match(outline, /^(?!none|.* 0px)/, `${theme}: ${outline}`);
      await shot(workbench, `focus-${theme}`);
    });
  });
});
