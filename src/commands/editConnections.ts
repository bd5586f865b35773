import * as vscode from 'vscode';

/** Opens the settings at the connections: VS Code knows there what may be written, and the change counts at once. */
export async function editConnections(): Promise<void> {
  const revealSetting = { key: 'collibraJobs.connections' };
  await vscode.commands.executeCommand('workbench.action.openApplicationSettingsJson', { revealSetting });
}
