import * as vscode from 'vscode';
import { isFailure } from '../jobs/failure';

/** Says what went wrong, with the log at hand. */
export async function showFailure(error: unknown, log: Pick<vscode.LogOutputChannel, 'show'>): Promise<void> {
  const showLog = vscode.l10n.t('Show Log');
  const choice = await vscode.window.showErrorMessage(reasonOf(error), showLog);
  if (choice === showLog) log.show();
}

/** The reason of a failure for a person: its own sentence, or what there is. */
export function reasonOf(error: unknown): string {
  if (isFailure(error)) return error.message;
  if (error instanceof Error && error.message !== '') return error.message;
  return vscode.l10n.t('Something unexpected happened.');
}
