import assert from 'node:assert/strict';
import { describeOver } from '../support/ui/generation';
import { shotInThemes } from '../support/ui/screenshots';
import { leaveWindow, newWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

describeOver('core-2.0', 'the packaged extension', () => {
  let workbench: Workbench;
  before(async () => (workbench = await newWindow()));
  after(() => leaveWindow(workbench));

  it('is installed, and starts by itself', async () => {
    const extension = await workbench.evaluate(async (vscode) => {
      const found = vscode.extensions.getExtension('collibra-jobs.collibra-jobs');
      await found?.activate();
      const { name, version } = (found?.packageJSON ?? {}) as { name?: string; version?: string };
      return { name, version, active: found?.isActive };
    });
    assert.equal(extension.name, 'collibra-jobs');
    assert.equal(extension.active, true);
  });

  it('brings its view up', async () => {
    await workbench.openContainer('Collibra Jobs');
    await workbench.sideBar.locator('.welcome-view').getByRole('button', { name: 'Connect…' }).waitFor();
    await shotInThemes(workbench, 'installed');
  });
});
