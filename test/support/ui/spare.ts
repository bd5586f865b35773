import { mkdir, rm } from 'node:fs/promises';
import type { Settings } from '../../host/settings';
import type { CollibraJobs } from '../../../src/extension';
import { openWorkbenches, Workbench } from './workbench';

/** The window that the last scenarios left, as they left it. */
let spare: Workbench | undefined;

/**
 * A window for scenarios that need no connection and no new person: the one that others left, cleared, or a new
 * one. To open one takes longer than most scenarios.
 *
 * @param settings of this extension only
 */
export async function takeWindow(settings: Settings = {}): Promise<Workbench> {
  const workbench = spare;
  spare = undefined;
  if (!workbench || workbench.spoiled || openWorkbenches.size > 1) return newWindow(settings);
  await clear(workbench, settings);
  return workbench;
}

/** A window as a person has it who starts anew. There is only one person at a time: they share a settings file. */
export async function newWindow(settings: Settings = {}, language?: string): Promise<Workbench> {
  spare = undefined;
  for (const workbench of openWorkbenches) await workbench.close();
  return Workbench.open(settings, language);
}

/** Leaves a window to whoever takes the next. The other windows of the same person are closed by then. */
export function leaveWindow(workbench: Workbench): void {
  spare = workbench;
}

/** Takes away what scenarios leave, and gives the extension these settings instead. */
async function clear(workbench: Workbench, settings: Settings): Promise<void> {
  await workbench.evaluate(async (vscode, wanted) => {
    const { workspace, commands, extensions, ConfigurationTarget } = vscode;
    const extension = extensions.getExtension<CollibraJobs>('collibra-jobs.collibra-jobs');
    for (const { id } of extension?.exports.snapshot() ?? [])
      await commands.executeCommand('collibraJobs.removeConnection', { connection: id, confirm: false });
    const configuration = workspace.getConfiguration('collibraJobs');
    for (const name of Object.keys(configuration)) {
      if (configuration.inspect(name)?.globalValue === undefined) continue;
      await configuration.update(name, undefined, ConfigurationTarget.Global);
    }
    for (const [name, value] of Object.entries(wanted))
      await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
    for (const command of ['workbench.action.closeAllEditors', 'workbench.action.closePanel'])
      await commands.executeCommand(command);
    await commands.executeCommand('notifications.clearAll');
  }, settings);
  await workbench.setFocused(true);
  // A row that the mouse already rests on would show no tooltip.
  await workbench.page.mouse.move(0, 0);
  await workbench.context.clearPermissions();
  await rm(workbench.folder, { recursive: true });
  await mkdir(workbench.folder);
  await workbench.openContainer('Collibra Jobs');
  await workbench.sideBar.locator('.welcome-view').getByRole('button', { name: 'Connect…' }).waitFor();
}
