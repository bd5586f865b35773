import * as vscode from 'vscode';
import type { CommandContext } from './context';
import { targetJob } from './target';

/** Copies the id of a job. */
export async function copyId({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(sessions, argument, {
    placeholder: vscode.l10n.t('Copy the ID of which job?'),
    accepts: () => true,
    none: vscode.l10n.t('No job is known yet.'),
  });
  if (!target) return;
  await vscode.env.clipboard.writeText(target.id);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied the job ID'), 3000);
}
