import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../src/demo/demo';
import { openConnected } from '../support/ui/connected';
import { generation } from '../support/ui/generation';
import { session } from '../support/ui/session';
import { shot, shotInThemes } from '../support/ui/screenshots';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

describe('finding jobs and acting on many', () => {
  let workbench: Workbench;
  let demo: Demo;
  let now = Date.now();
  before(async () => {
    ({ workbench, demo } = await openConnected({ clock: { now: () => now } }));
    await workbench.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  const failedImports = () => demo.jobs().filter(({ state, type }) => state === 'ERROR' && type === 'IMPORT');
  /** The minutes around the end of one of them, as a person writes them. */
  const night = () => {
    const [, { endDate = NaN } = {}] = failedImports().toSorted(
      (a, b) => Number(b.endDate) - Number(a.endDate),
    );
    const minute = 60_000;
    const [from, to] = [Math.floor(endDate / minute) * minute, Math.ceil(endDate / minute) * minute];
    const written = (time: number) => new Date(time).toLocaleString('sv').slice(0, 16);
    const jobs = failedImports().filter(({ endDate: end = NaN }) => end >= from && end <= to);
    assert.ok(jobs.length > 0 && jobs.length < failedImports().length);
    return { from: written(from), to: written(to), jobs };
  };

  it('filters by what a person picks, and says so above the tree', async () => {
    const { quickInput } = workbench;
    await workbench.tree().row('Failed').waitFor();
    await workbench.tree().expand('Failed');
    await workbench.tree().clickTitleAction('Filter Jobs…');
    await quickInput.asks('Which jobs do you want to see?');
    await shot(workbench, 'filter');
    await quickInput.pick('State');
    await quickInput.asks('States to show');
    await quickInput.check('Failed');
    await quickInput.accept();
    await quickInput.asks('Failed');
    await quickInput.pick('Type');
    await quickInput.asks('Types to show');
    await quickInput.check('IMPORT');
    await quickInput.accept();
    await quickInput.asks('Failed · IMPORT');
    await quickInput.pick('Ended');
    await quickInput.pick('Between two times…');
    const { from, to, jobs } = night();
    await quickInput.answer('Ended from', from);
    await quickInput.answer('Ended until', to);
    await quickInput.asks('Failed · IMPORT · ended from');
    await shot(workbench, 'filter-set');
    await quickInput.cancel();
    const tree = workbench.tree();
    await tree.message.filter({ hasText: 'Filter: Failed, IMPORT, ended from' }).waitFor();
    await tree
      .row('Failed')
      .filter({ hasText: new RegExp(`Failed\\s*${jobs.length}$`) })
      .waitFor();
    await tree.row('Running').waitFor({ state: 'hidden' });
    await shotInThemes(workbench, 'filtered');
  });

  it('exports what the filter shows', async () => {
    const file = join((await session()).home, 'failed.csv');
    const count = await workbench.evaluate(
      (vscode, path) => vscode.commands.executeCommand('collibraJobs.export', { format: 'csv', file: path }),
      file,
    );
    const { jobs } = night();
    assert.equal(count, jobs.length);
    const text = readFileSync(file, 'utf8');
    for (const { id } of failedImports())
      assert.equal(
        text.includes(id),
        jobs.some((job) => job.id === id),
      );
  });

  it('keeps the filter through a reload, and clears it in one click', async () => {
    await workbench.reload();
    const tree = workbench.tree();
    await tree.message.filter({ hasText: 'Filter: Failed, IMPORT, ended from' }).waitFor();
    await tree.clickTitleAction('Clear Filter');
    await tree.row('Running').waitFor();
    await tree.message.waitFor({ state: 'hidden' });
  });

  it('sorts the groups by what a person picks', async () => {
    const { quickInput } = workbench;
    const tree = workbench.tree();
    await tree.collapse('Running');
    await tree.collapse('Waiting');
    await tree.expand('Failed');
    await workbench.runCommand('Collibra Jobs: Sort Jobs…');
    await quickInput.option('Name, A to Z').waitFor();
    await shot(workbench, 'sort');
    await quickInput.pick('Name, A to Z');
    await tree.message.filter({ hasText: 'Sorted: Name, A to Z' }).waitFor();
    const failed = demo.jobs().filter(({ state }) => state === 'ERROR');
    const [first = ''] = failed.map(({ name }) => name).toSorted();
    await tree.pane.locator('.monaco-list-row[data-index="3"]').getByText(first, { exact: true }).waitFor();
    await shot(workbench, 'sorted');
    await workbench.runCommand('Collibra Jobs: Sort Jobs…');
    await quickInput.pick('As usual');
    await tree.message.waitFor({ state: 'hidden' });
    await tree.expand('Waiting');
  });

  it('finds a job by a part of its name while it is typed', async () => {
    const job = demo.jobs().find(({ state }) => state === 'RUNNING');
    assert.ok(job);
    const { quickInput } = workbench;
    await workbench.runCommand('Collibra Jobs: Find Job…');
    await quickInput.input.fill(job.name.slice(2));
    await quickInput.option(job.name).waitFor();
    await shot(workbench, 'find');
    await quickInput.input.fill('no job has this name');
    await quickInput.option('No job matches.').waitFor();
    await quickInput.input.fill(job.id.toUpperCase());
    await quickInput.option(job.name).waitFor();
    await quickInput.accept();
    await workbench.webview().locator('h1', { hasText: job.name }).waitFor();
    await workbench.evaluate((vscode) => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  });

  it('opens a job by a link that was pasted', async () => {
    const job = demo.jobs().find(({ state }) => state === 'ERROR');
    assert.ok(job);
    const link = await workbench.evaluate(async (vscode, id) => {
      await vscode.commands.executeCommand('collibraJobs.copyLink', { job: id });
      return vscode.env.clipboard.readText();
    }, job.id);
    const { quickInput } = workbench;
    await workbench.runCommand('Collibra Jobs: Find Job…');
    await quickInput.input.fill(link);
    await quickInput.option(`Open job ${job.id}`).waitFor();
    await quickInput.accept();
    await workbench.webview().locator('[data-fact=id]').filter({ hasText: job.id }).waitFor();
    await workbench.evaluate((vscode) => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  });

  it('cancels those that are selected, and tells in one line what became of each', async () => {
    const tree = workbench.tree();
    const waiting = demo.jobs().filter(({ state, cancelable }) => state === 'WAITING' && cancelable);
    const chosen = waiting.slice(0, 3);
    assert.equal(chosen.length, 3);
    const rows = tree.pane.locator('.monaco-list-row[aria-level="2"]');
    await rows.nth(0).click();
    // A click on a row opens its page, which takes the focus.
    await workbench.webview().locator('h1').waitFor();
    const selected = tree.pane.locator('.monaco-list-row[aria-selected=true]');
    for (const n of [1, 2]) {
      await rows.nth(n).click({ modifiers: ['ControlOrMeta'] });
      await selected.nth(n).waitFor();
    }
    await tree.pickFromMenuOf(rows.nth(2), 'Cancel Job…');
    assert.match(await workbench.dialog.message(), /Cancel 3 jobs on Production\?/);
    await shot(workbench, 'cancel-many');
    // One of them ends while the person reads the question.
    const [first] = chosen;
    const headers = { authorization: `Bearer ${demo.token}`, 'content-type': 'application/json' };
    if (generation === 'core-2.0')
      await fetch(`${demo.url}/rest/2.0/jobs/${first?.id}/canceled`, { method: 'POST', headers, body: '{}' });
    else await fetch(`${demo.url}/rest/jobs/v1/jobs/${first?.id}`, { method: 'DELETE', headers });
    now += 20_000;
    await workbench.dialog.answer('Cancel Jobs');
    await workbench.notifications.waitFor('2 canceled, 1 had finished');
    await shot(workbench, 'canceled-many');
  });
});
