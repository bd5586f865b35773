import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Demo } from '../../src/demo/demo';
import { axeFindings } from '../support/ui/axe';
import { openConnected } from '../support/ui/connected';
import { inThemes, shot } from '../support/ui/screenshots';
import { session } from '../support/ui/session';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

describe('the details page', () => {
  let workbench: Workbench;
  let demo: Demo;
  let now = Date.now();
  before(async () => ({ workbench, demo } = await openConnected({ clock: { now: () => now } })));
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  type DemoJob = ReturnType<Demo['jobs']>[number];
  const found = (accepts: (job: DemoJob) => boolean) =>
    demo.jobs().find(accepts) ?? assert.fail('no such job');
  const open = async ({ id, name }: DemoJob) => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.evaluate(
      (vscode, job) => vscode.commands.executeCommand('collibraJobs.openDetails', { job }),
      id,
    );
    await page().getByRole('heading', { name }).waitFor();
  };
  const page = () => workbench.webview();
  const past = () => page().getByRole('region', { name: 'Earlier runs' });

  /** Leaves a picture in every theme of the run, and has axe-core look at each. */
  const seenInThemes = (name: string) =>
    inThemes(workbench, async (theme) => {
      assert.deepEqual(await axeFindings(workbench), [], theme);
      await shot(workbench, `${name}-${theme}`);
    });

  it('says how long a job usually takes and when it may end, and has a chart of earlier runs', async () => {
    await open(found(({ state, name }) => state === 'RUNNING' && name.startsWith('Database')));
    await page()
      .getByText(/^Usually .+ \(median of \d+\), 9 of 10 within .+\.$/)
      .waitFor();
    await page()
      .getByText(/^Probably done at .+ \(an estimate\)\.$/)
      .waitFor();
    assert.match(
      (await page().locator('.timeline').getAttribute('aria-label')) ?? '',
      /^waited .+, running for .+, about .+ left$/,
    );
    await past().waitFor();
    await past().getByText('As a table').click();
    assert.equal(await past().locator('tbody tr').count(), await past().locator('svg g').count());
    assert.equal(await past().locator('tr.current').count(), 1);
    await seenInThemes('details-past');
  });

  it('opens an earlier run from the chart, and one from the table with the keyboard', async () => {
    const shown = await page().locator('[data-fact=id] dd').innerText();
    await past().locator('svg g.pressable').last().click();
    const other = page().locator('[data-fact=id] dd').filter({ hasNotText: shown });
    await other.waitFor();
    const second = await other.innerText();
    await past().getByText('As a table').focus();
    await workbench.page.keyboard.press('Enter');
    await past().locator('tbody button').first().focus();
    await workbench.page.keyboard.press('Enter');
    await page().locator('[data-fact=id] dd').filter({ hasNotText: second }).waitFor();
  });

  it('keeps focus, selection and scroll while a job goes on', async () => {
    await open(found(({ state, name }) => state === 'RUNNING' && name.startsWith('Database')));
    await past().waitFor();
    await past().getByText('As a table').click();
    const link = past().locator('tbody button').nth(2);
    await link.focus();
    await past().scrollIntoViewIfNeeded();
    const before = await page().locator('main').innerText();
    const place = () =>
      page()
        .locator('html')
        .evaluate((root: { scrollTop: number }) => root.scrollTop);
    const scrolled = await place();
    now += 10_000;
    await page().locator('main').filter({ hasNotText: before }).waitFor();
    assert.ok(
      await link.evaluate((shown: { matches(selector: string): boolean }) => shown.matches(':focus')),
    );
    assert.equal(await place(), scrolled);
  });

  it('folds a long message, and has links for addresses of the web alone', async () => {
    await open(found(({ message = '' }) => message.split('\n').length > 40));
    const lines = async () => (await page().locator('pre').innerText()).split('\n').length;
    assert.ok((await lines()) < 20);
    await page()
      .getByRole('button', { name: /^Show all \d+ lines$/ })
      .click();
    assert.ok((await lines()) > 40);
    await page().getByRole('button', { name: 'Show less' }).click();
    assert.ok((await lines()) < 20);
    await seenInThemes('details-failed');
  });

  it('shows what an import did and refused, which can be filtered, read on and exported', async () => {
    const job = found(
      ({ type, result, plan }) => type === 'IMPORT' && result === 'COMPLETED_WITH_ERROR' && plan.errors > 5,
    );
    await open(job);
    const imports = page().getByRole('region', { name: 'Import' });
    await imports.getByRole('row', { name: /^Asset/ }).waitFor();
    await imports.getByRole('heading', { name: `Errors: ${job.plan.errors}` }).waitFor();
    const rows = imports.locator('.errors tbody tr');
    assert.equal(await rows.count(), job.plan.errors);
    const identifier = await rows.nth(1).locator('td').nth(1).innerText();
    await imports.getByRole('searchbox').fill(`${identifier}"`);
    await imports.getByText(`0 of the ${job.plan.errors} that are shown`).waitFor();
    await imports.getByRole('searchbox').fill('');
    assert.equal(await rows.count(), job.plan.errors);
    await seenInThemes('details-import');
    const file = join((await session()).home, 'errors.csv');
    await workbench.evaluate(
      (vscode, argument) => vscode.commands.executeCommand('collibraJobs.exportErrors', argument),
      { job: job.id, file },
    );
    assert.equal(readFileSync(file, 'utf8').trim().split('\r\n').length, job.plan.errors + 1);
  });

  it('compares a job with an earlier run, side by side', async () => {
    await open(found(({ state, name }) => state === 'COMPLETED' && name.startsWith('Excel import')));
    await page().locator('[data-action=compare]').click();
    await workbench.quickInput.asks('Compare with which earlier run?');
    await shot(workbench, 'compare-pick');
    await workbench.quickInput.accept();
    for (const side of ['original', 'modified']) {
      const text = workbench.page.locator(`.monaco-diff-editor .editor.${side} .view-lines`);
      await text.filter({ hasText: '"ran"' }).filter({ hasText: '"added"' }).waitFor();
    }
    await shot(workbench, 'compare');
  });

  it('comes back after a reload of the window', async () => {
    const job = found(({ state, name }) => state === 'RUNNING' && name.startsWith('Database'));
    await open(job);
    await workbench.reload();
    await page().getByRole('heading', { name: job.name }).waitFor();
    await page().locator('[data-fact=id] dd').filter({ hasText: job.id }).waitFor();
  });
});
