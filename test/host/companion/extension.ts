import { commands } from 'vscode';

/** Does what a person would: opens the panel and tries the demo. Only public commands, no back door. */
export async function activate(): Promise<void> {
  for (const command of ['workbench.view.extension.collibraJobs', 'collibraJobs.tryDemo']) {
    try {
      await commands.executeCommand(command);
    } catch (error) {
      console.error(`${command}: ${String(error)}`);
    }
  }
}
