import assert from 'node:assert/strict';
import { describeOver } from '../support/ui/generation';
import { shotInThemes, shot } from '../support/ui/screenshots';
import { leaveWindow, takeWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

const status = 'collibra-jobs.collibra-jobs.jobs';

describeOver('core-2.0', 'a person without an instance', () => {
  let workbench: Workbench;
  before(async () => (workbench = await takeWindow()));
  after(() => leaveWindow(workbench));

  it('finds an empty panel that offers to connect and to try the demo', async () => {
    await workbench.openContainer('Collibra Jobs');
    const welcome = workbench.sideBar.locator('.welcome-view');
    await welcome.getByRole('button', { name: 'Try the demo' }).waitFor();
    await welcome.getByRole('button', { name: 'Connect…' }).waitFor();
    assert.equal(await workbench.statusBarItem(status).count(), 0);
    await shotInThemes(workbench, 'welcome');
  });

  it('sees jobs grouped by state after one click, and the running count in the status bar', async () => {
    await workbench.sideBar.getByRole('button', { name: 'Try the demo' }).click();
    const tree = workbench.tree();
    // The first rows are there before the last group is counted.
    for (const group of ['Failed', 'Canceled', 'Completed'])
      await tree.row(group).filter({ hasText: /\d/ }).waitFor();
    const groups = (await tree.rows()).filter(({ level }) => level === 1);
    assert.deepEqual(
      groups.map(({ label }) => label),
      ['Running', 'Waiting', 'Failed', 'Canceled', 'Completed'],
    );
    for (const { label, description } of groups) assert.match(description, /^[\d,]+$/, label);
    const running = groups[0]?.description ?? '';
    assert.match(
      await workbench.statusBarItem(status).innerText(),
      new RegExp(`^\\s*${running}(\\s+\\d+)?$`),
    );
  });

  it('opens a group, loads more of it, and sees which jobs completed with a problem', async () => {
    const tree = workbench.tree();
    for (const group of ['Running', 'Waiting']) await tree.collapse(group);
    await tree.expand('Completed');
    await tree.row(/./).first().waitFor();
    await tree.pane.locator('.monaco-list-row .codicon-warning').first().waitFor();
    await shotInThemes(workbench, 'completed');
    await workbench.page.keyboard.press('End');
    const more = tree.row(/^Load more \(50 of \d+\)$/);
    await more.waitFor();
    await shot(workbench, 'load-more');
    await more.click();
    // The row gives way to fifty more jobs, and stands again below them.
    await more.waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('End');
    await tree.row(/^Load more \(100 of \d+\)$/).waitFor();
    await workbench.page.keyboard.press('Home');
    await tree.collapse('Completed');
    await tree.expand('Running');
  });

  it('reads the tree in a narrow side bar too', async () => {
    await workbench.setSideBarWidth(190);
    await shotInThemes(workbench, 'narrow');
    await workbench.setSideBarWidth(320);
  });

  it('has the demo again after a reload, with no question asked', async () => {
    await workbench.reload();
    await workbench.tree().row('Running').waitFor();
    assert.equal(await workbench.quickInput.widget.count(), 0);
  });
});
