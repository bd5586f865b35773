import * as vscode from 'vscode';
import { reservedId } from '../connections/profile';
import type { CommandContext } from './context';
import { stopDemo } from './demo';
import { record, targetSession } from './target';

const { t } = vscode.l10n;

/** Ends a connection and forgets its secret. */
export async function removeConnection(context: CommandContext, argument?: unknown): Promise<void> {
  const session = await targetSession(context.sessions, argument, t('Remove which connection?'));
  if (!session) return;
  if (session.id === reservedId) {
    await stopDemo(context);
    return;
  }
  if (record(argument)['confirm'] !== false) {
    const remove = t('Remove Connection');
    const choice = await vscode.window.showWarningMessage(
      t('Remove the connection to {0}?', session.markedName),
      {
        modal: true,
        detail: t(
          'Its settings and the secret stored on this machine are deleted. Nothing changes on the instance.',
        ),
      },
      remove,
    );
    if (choice !== remove) return;
  }
  await context.sessions.remove(session.id);
}
