import assert from 'node:assert/strict';
import { startDemo, type Demo } from '../../src/demo/demo';
import { openConnected } from '../support/ui/connected';
import { shot } from '../support/ui/screenshots';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

describe('a watched job', () => {
  let workbench: Workbench;
  let demo: Demo;
  let now = Date.now();
  const clock = { now: () => now };
  type DemoJob = ReturnType<Demo['jobs']>[number];
  /** A running job that ends like this, and when it does. */
  let failing: DemoJob;
  before(async () => {
    // A world in which one of the running jobs is going to fail.
    for (let seed = 1; ; seed++) {
      const world = await startDemo({ clock, seed });
      const found = world.jobs().find(({ state, plan }) => state === 'RUNNING' && plan.state === 'ERROR');
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

  it('is told of when it has failed, once, with a way to its page', async () => {
    now += failing.plan.duration;
    const text = `"${failing.name}" on Production failed.`;
    const notification = workbench.notifications.item(text);
    await notification.waitFor();
    await shot(workbench, 'told');
    await workbench.notifications.answer(text, 'Open');
    await workbench.webview().locator('[data-fact=id]').filter({ hasText: failing.id }).waitFor();
    await row().waitFor({ state: 'hidden' });
    await workbench.evaluate((vscode) => vscode.commands.executeCommand('collibraJobs.refresh'));
    assert.equal(await workbench.notifications.item(text).count(), 0);
  });
});
