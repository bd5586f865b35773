import assert from 'node:assert/strict';
import { join } from 'node:path';
import { startDemo, type Demo } from '../../src/demo/demo';
import { users } from '../../src/demo/users';
import { addPseudoLanguage, pseudoLanguage } from '../support/pseudo';
import { connect } from '../support/ui/connected';
import { shot } from '../support/ui/screenshots';
import { session } from '../support/ui/session';
import { newWindow } from '../support/ui/spare';
import { cutInPage, textsOfPage } from '../support/ui/wording';
import type { Workbench } from '../support/ui/workbench';

const status = 'collibra-jobs.collibra-jobs.jobs';
const settings = { 'collibraJobs.activeInterval': 1 };
type DemoJob = ReturnType<Demo['jobs']>[number];

const open = async (workbench: Workbench, { id, name }: DemoJob) => {
  await workbench.runCommand('View: Close All Editors');
  await workbench.evaluate(
    (vscode, job) => vscode.commands.executeCommand('collibraJobs.openDetails', { job }),
    id,
  );
  await workbench.webview().getByRole('heading', { name }).waitFor();
};

/** What is left of a text without what stands in the brackets of the pseudo-language. */
function outside(text: string): string {
  let left = text;
  for (;;) {
    const inner = left.replace(/⟦[^⟦⟧]*⟧/g, '');
    if (inner === left) return left.trim();
    left = inner;
  }
}

/** What the details page shows of a job as it came. */
function dataOf({ id, name, type, state, result, ...job }: DemoJob, demo: Demo): Set<string> {
  const people = users.flatMap(({ id: user, firstName, lastName }) => [user, `${firstName} ${lastName}`]);
  const own = [id, name, type, state, result, job.createdBy, job.userId, 'Production', demo.url];
  return new Set([...own, ...people]);
}

/** What Intl writes, and instants for machines. */
const written = /^(\w{3} \d+, \d{4}, .* [AP]M|\d+ \S+ ago|\d{4}-\d\d-\d\dT\S+Z)$/;

describe('a person whose VS Code speaks a pseudo-language', () => {
  let workbench: Workbench;
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ clock: { now: () => started } });
    await addPseudoLanguage(join((await session()).home, 'extensions'));
    workbench = await newWindow(settings, pseudoLanguage);
  });
  after(async () => {
    await workbench.close();
    await demo.dispose();
  });
  const started = Date.now();

  it('is welcomed in it', async () => {
    await workbench.openContainer('⟦');
    const welcome = workbench.sideBar.locator('.welcome-view-content');
    await welcome.getByRole('button').first().waitFor();
    for (const text of await welcome.locator('p, .monaco-button').allInnerTexts())
      assert.match(text, /^\s*⟦.*⟧\s*$/s);
    await shot(workbench, 'pseudo-welcome');
  });

  it('has groups, the status bar, menus and questions in it', async () => {
    await connect(workbench, demo);
    await workbench.openContainer('⟦');
    const tree = workbench.tree();
    await tree.row(/⟦Çöm/).filter({ hasText: /\d/ }).waitFor();
    const rows = await tree.rows();
    for (const { label } of rows.filter(({ level }) => level === 1)) assert.match(label, /^⟦.*⟧$/);
    for (const { description } of rows) assert.doesNotMatch(outside(description), /\p{L}/u);
    const spoken = await workbench.statusBarItem(status).getAttribute('aria-label');
    assert.match(spoken ?? '', /^⟦.*⟧$/);
    const [job] = rows.filter(({ level }) => level === 2);
    await tree.row(job?.label ?? '').click({ button: 'right' });
    const menu = workbench.page.locator('.monaco-menu').getByRole('menuitem');
    await menu.first().waitFor();
    const entries = (await menu.allInnerTexts()).filter((text) => text.trim() !== '');
    assert.ok(entries.length > 5);
    for (const entry of entries) assert.match(entry, /^\s*⟦.*⟧\s*$/s);
    await shot(workbench, 'pseudo-menu');
    await workbench.page.keyboard.press('Escape');
    await workbench.statusBarItem(status).click();
    await workbench.quickInput.widget.getByRole('option').first().waitFor();
    await shot(workbench, 'pseudo-pick');
    await workbench.page.keyboard.press('Escape');
  });

  const kinds: readonly [string, (job: DemoJob) => boolean][] = [
    ['running', ({ state, name }) => state === 'RUNNING' && name.startsWith('Database')],
    ['failed', ({ message = '' }) => message.split('\n').length > 40],
    [
      'import',
      ({ type, result, plan }) => type === 'IMPORT' && result === 'COMPLETED_WITH_ERROR' && plan.errors > 5,
    ],
  ];
  for (const [kind, accepts] of kinds) {
    it(`reads the details of a job that is ${kind} in it, with nothing cut, in a narrow panel too`, async () => {
      const { page } = workbench;
      const job = demo.jobs().find(accepts) ?? assert.fail('no such job');
      await open(workbench, job);
      await workbench.webview().locator('.past:not([hidden]), .imports:not([hidden])').first().waitFor();
      const known = dataOf(job, demo);
      const english = (await textsOfPage(workbench)).filter((text) => {
        const left = outside(text);
        return /\p{L}/u.test(left) && !known.has(left) && !written.test(left);
      });
      assert.deepEqual(english, []);
      for (const width of [1280, 700]) {
        await page.setViewportSize({ width, height: 800 });
        await shot(workbench, `pseudo-details-${kind}-${width}`);
        assert.deepEqual(await cutInPage(workbench), [], `${width} pixels`);
      }
      await page.setViewportSize({ width: 1280, height: 800 });
    });
  }
});

describe('a person whose VS Code speaks German', () => {
  let workbench: Workbench;
  let demo: Demo;
  before(async () => {
    demo = await startDemo({});
    workbench = await newWindow(settings, 'de');
  });
  after(async () => {
    await workbench.close();
    await demo.dispose();
  });

  it('reads German, in the panel and in the details', async () => {
    await connect(workbench, demo);
    await workbench.openContainer('Collibra Jobs');
    const tree = workbench.tree();
    await tree.row('Abgeschlossen').filter({ hasText: /\d/ }).waitFor();
    assert.deepEqual(
      (await tree.rows()).filter(({ level }) => level === 1).map(({ label }) => label),
      ['Wird ausgeführt', 'Wartend', 'Fehlgeschlagen', 'Abgebrochen', 'Abgeschlossen'],
    );
    await open(
      workbench,
      demo.jobs().find(({ state, name }) => state === 'RUNNING' && name.startsWith('Database')) ??
        assert.fail('no such job'),
    );
    await workbench.webview().getByRole('region', { name: 'Frühere Ausführungen' }).waitFor();
    await shot(workbench, 'german');
    assert.deepEqual(await cutInPage(workbench), []);
  });
});
