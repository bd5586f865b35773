import * as vscode from 'vscode';
import { webAddress } from '../connections/jobLink';
import type { CommandContext } from './context';
import { targetJob } from './target';

/** Opens a job in the browser, at the address that the connection's `jobUrl` makes of its id. */
export async function openInCollibra({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(sessions, argument, {
    placeholder: vscode.l10n.t('Open which job in Collibra?'),
  });
  // As text: of a Uri VS Code would encode the query anew.
  if (target)
    await vscode.commands.executeCommand('vscode.open', webAddress(target.session.profile, target.id));
}
