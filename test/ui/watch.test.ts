import assert from 'node:assert/strict';
import { startDemo, type Demo } from '../../src/demo/demo';
import { openConnected } from '../support/ui/connected';
import { clickRevealed } from '../support/ui/pointAt';
import { shot } from '../support/ui/screenshots';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

const status = 'collibra-jobs.collibra-jobs.jobs';

describe('a watched job', () => {
  let workbench: Workbench;
  let demo: Demo;
  let ahead = 0;
  const clock = { now: () => Date.now() + ahead };
  type DemoJob = ReturnType<Demo['jobs']>[number];
  /** A running job that ends like this, and when it does. */
  let failing: DemoJob;
  before(async () => {
    // A world in which one of the running jobs is going to fail.
    for (let seed = 1; ; seed++) {
      const world = await startDemo({ clock, seed });
      const found = world
        .jobs()
        .find(({ state, plan, cancelable }) => state === 'RUNNING' && plan.state === 'ERROR' && cancelable);
      await world.dispose();
      if (!found) continue;
      failing = found;
      ({ workbench, demo } = await openConnected({ clock, seed }));
      return;
    }
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  const row = () => workbench.tree().pane.locator('.monaco-list-row').filter({ hasText: 'watched' });

  it('is marked in its row', async () => {
    const tree = workbench.tree();
    const running = demo.jobs().filter(({ state }) => state === 'RUNNING');
    const at = running.toSorted((a, b) => b.createdOn - a.createdOn).findIndex(({ id }) => id === failing.id);
    await tree.pickFromMenuOf(tree.pane.locator(`.monaco-list-row[data-index="${at + 1}"]`), 'Watch Job');
    await row().waitFor();
    assert.match(await row().innerText(), new RegExp(failing.name.slice(0, 12)));
    await shot(workbench, 'watched');
  });

  it('can be had from the status bar, with the others that go on', async () => {
    const { quickInput } = workbench;
    const open = async () => {
      await workbench.statusBarItem(status).click();
      await quickInput.asks('Active jobs, connections and commands');
    };
    await open();
    const active = demo.jobs().filter(({ state }) => state === 'RUNNING' || state === 'WAITING').length;
    const buttons = quickInput.options.locator(
      '.quick-input-list-entry-action-bar a[aria-label="Copy Job ID"]',
    );
    assert.ok((await buttons.count()) > 0 && (await buttons.count()) <= active);
    await shot(workbench, 'menu');
    const press = async (action: string) => {
      const option = quickInput.option(failing.name);
      await clickRevealed(option, option.locator(`a[aria-label="${action}"]`));
      await quickInput.widget.waitFor({ state: 'hidden' });
    };
    await workbench.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await press('Copy Job ID');
    await workbench.page.waitForFunction(
      `navigator.clipboard.readText().then((text) => text === '${failing.id}')`,
    );
    await open();
    await press('Cancel Job…');
    assert.match(await workbench.dialog.message(), new RegExp(`Cancel "${failing.name.slice(0, 20)}`));
    await workbench.dialog.answer('Keep Job');
    await open();
    await quickInput.option('Refresh').waitFor();
    await quickInput.option('Production').waitFor();
    await quickInput.option(failing.name).click();
    await workbench.webview().getByRole('heading', { name: failing.name }).waitFor();
    await workbench.runCommand('View: Close All Editors');
  });

  it('is told of when it has failed, once, with a way to its page', async () => {
    const refresh = () =>
      workbench.evaluate((vscode) => vscode.commands.executeCommand('collibraJobs.refresh'));
    const { startDate = NaN, plan } = demo.jobs().find(({ id }) => id === failing.id) ?? failing;
    // Soon, so that the instance's clock goes as ours does from the last look on.
    ahead = startDate + plan.duration - Date.now() - 5000;
    await refresh();
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    const text = `"${failing.name}" on Production failed.`;
    const notification = workbench.notifications.item(text);
    while (!(await notification.isVisible())) await refresh();
    const item = workbench.statusBarItem(status);
    await item.and(workbench.page.locator('.warning-kind')).waitFor();
    const count = /, (\d+) failed since you looked/.exec(
      (await item.locator('a').getAttribute('aria-label')) ?? '',
    )?.[1];
    assert.ok(count !== undefined);
    const badge = workbench.page.locator('.activitybar .badge-content:visible');
    assert.equal(await badge.innerText(), count);
    await shot(workbench, 'told');
    await item.click();
    await workbench.quickInput.asks('Active jobs, connections and commands');
    const { options } = workbench.quickInput;
    await options.first().filter({ hasText: failing.name }).waitFor();
    assert.match(await workbench.page.locator('.quick-input-widget').innerText(), /Failed since you looked/);
    await shot(workbench, 'menu-failures');
    await workbench.page.keyboard.press('Escape');
    // Who saw the list has looked.
    await item.and(workbench.page.locator('.warning-kind')).waitFor({ state: 'hidden' });
    await badge.waitFor({ state: 'hidden' });
    await workbench.notifications.answer(text, 'Open');
    await workbench.webview().locator('[data-fact=id]').filter({ hasText: failing.id }).waitFor();
    await workbench.openContainer('Collibra Jobs');
    await workbench.tree().row('Running').waitFor();
    await row().waitFor({ state: 'hidden' });
    await refresh();
    assert.equal(await workbench.notifications.item(text).count(), 0);
  });
});
