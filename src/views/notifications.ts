import * as vscode from 'vscode';
import { isFailure } from '../jobs/failure';

/** Says what went wrong, with the log at hand and perhaps something to do. Answers what the person chose to do. */
export async function showFailure(
  error: unknown,
  log: Pick<vscode.LogOutputChannel, 'show' | 'error'>,
  ...actions: string[]
): Promise<string | undefined> {
  log.error(isFailure(error) || !(error instanceof Error) ? reasonOf(error) : (error.stack ?? error.message));
  const showLog = vscode.l10n.t('Show Log');
  const choice = await vscode.window.showErrorMessage(plain(reasonOf(error)), ...actions, showLog);
  if (choice === showLog) log.show();
  return choice;
}

/** Says what is wrong with the settings, with the way to them. */
export async function showProblem(problem: string): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  const choice = await vscode.window.showWarningMessage(plain(problem), open);
  if (choice === open) await vscode.commands.executeCommand('collibraJobs.editConnections');
}

/** The reason of a failure for a person: its own sentence, or what there is. */
function reasonOf(error: unknown): string {
  if (isFailure(error)) return error.message;
  if (error instanceof Error && error.message !== '') return error.message;
  return vscode.l10n.t('Something unexpected happened.');
}

/**
 * Text of a server for notifications and pick lists, where VS Code makes links of `[…](…)` and icons of `$(…)`:
 * a space of no width keeps it text.
 */
export function plain(text: string): string {
  return text.replaceAll('](', ']\u200b(').replaceAll('$(', '$\u200b(');
}
