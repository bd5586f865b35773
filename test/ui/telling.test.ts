import assert from 'node:assert/strict';
import { startDemo, type Demo } from '../../src/demo/demo';
import { kindOf } from '../../src/jobs/baseline';
import { openConnected } from '../support/ui/connected';
import { pointUntil } from '../support/ui/pointAt';
import { shot } from '../support/ui/screenshots';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

type DemoJob = ReturnType<Demo['jobs']>[number];

/** A running job that is going to take far longer than the earlier ones of its kind. */
function slowOne(jobs: readonly DemoJob[]): DemoJob | undefined {
  return jobs.find((job) => {
    if (job.state !== 'RUNNING') return false;
    const same = jobs.filter(
      ({ type, name, state }) =>
        state === 'COMPLETED' && type === job.type && kindOf({ type, name }).name === kindOf(job).name,
    );
    const longest = Math.max(...same.map(({ plan }) => plan.duration));
    return same.length > 8 && job.plan.duration > longest * 1.25 + 90_000;
  });
}

describe('what a person is told without asking', () => {
  let workbench: Workbench;
  let demo: Demo;
  let slow: DemoJob;
  /** The instance's time stands still unless a scenario moves it. */
  let now = Date.now();
  const clock = { now: () => now };
  const refresh = (window = workbench) =>
    window.evaluate((vscode) => vscode.commands.executeCommand('collibraJobs.refresh'));

  before(async () => {
    for (let seed = 1; ; seed++) {
      const world = await startDemo({ clock, seed });
      const found = slowOne(world.jobs());
      await world.dispose();
      if (!found) continue;
      slow = found;
      ({ workbench, demo } = await openConnected({ clock, seed }));
      return;
    }
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  it('is that a watched job takes longer than usual: in its row, in its tooltip, and once in a message', async () => {
    await workbench.evaluate(
      (vscode, job) => vscode.commands.executeCommand('collibraJobs.watch', { job }),
      slow.id,
    );
    now = (slow.startDate ?? NaN) + slow.plan.duration - 10_000;
    await refresh();
    const { notifications, page } = workbench;
    const text = `"${slow.name}" on Production has been running for`;
    assert.match(await notifications.waitFor(text), /, usually \d+ (min|s)/);
    const row = workbench
      .tree()
      .pane.locator('.monaco-list-row')
      .filter({ hasText: /watched.*slower than usual/ });
    await row.waitFor();
    const tooltip = page.locator('.monaco-hover').filter({ hasText: 'Pace: slower than usual, usually' });
    await pointUntil(row, tooltip);
    await shot(workbench, 'slow');
    await notifications.answer(text, 'Open');
    const remark = workbench.webview().locator('.remark').filter({ hasText: 'slower than usual' });
    await remark.waitFor();
    await workbench.webview().getByRole('button', { name: 'Stop watching' }).click();
    await row.waitFor({ state: 'hidden' });
    await workbench.webview().getByRole('button', { name: 'Tell me when it ends' }).click();
    await row.waitFor();
    await shot(workbench, 'slow-details');
    await workbench.runCommand('View: Close All Editors');
  });

  it('is what ended during an absence: in one line with a list, by one of two windows', async () => {
    await workbench.evaluate((vscode) =>
      vscode.workspace.getConfiguration('collibraJobs').update('notify', 'all', true),
    );
    const other = await workbench.openSibling();
    try {
      await other.openContainer('Collibra Jobs');
      await other.tree().row('Running').waitFor();
      for (const window of [workbench, other]) await window.setFocused(false);
      now += 6 * 60_000;
      await workbench.setFocused(true);
      const { notifications, quickInput } = workbench;
      const line = /jobs ended on Production while you were away: .*completed/;
      await notifications.item(line).waitFor();
      await shot(workbench, 'away');
      await notifications.answer(line, 'Show');
      await quickInput.asks('Open which job?');
      await shot(workbench, 'away-list');
      await workbench.page.keyboard.press('Enter');
      await workbench.webview().getByRole('heading', { level: 1 }).waitFor();

      await workbench.setFocused(false);
      await other.setFocused(true);
      await refresh(other);
      // What ends now is told here, later than what ended before would be.
      const next = Math.min(
        ...demo
          .jobs()
          .filter(({ state, startDate }) => state === 'RUNNING' && startDate !== undefined)
          .map(({ startDate = NaN, plan }) => startDate + plan.duration),
      );
      now = next + 1000;
      await refresh(other);
      await other.notifications.item(/on Production/).waitFor();
      for (const message of await other.notifications.all()) assert.doesNotMatch(message, /away/);
    } finally {
      await other.close();
    }
  });
});
