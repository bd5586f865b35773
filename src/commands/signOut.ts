import * as vscode from 'vscode';
import type { CommandContext } from './context';
import { targetSession } from './target';

const { t } = vscode.l10n;

/** Forgets the secret of a connection; the connection stays. */
export async function signOut({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const session = await targetSession(
    sessions,
    argument,
    t('Sign out of which instance?'),
    (each) => !sessions.isInMemory(each) && each.state.status.kind !== 'signInNeeded',
  );
  if (!session) return;
  if (sessions.isInMemory(session)) {
    void vscode.window.showInformationMessage(t('{0} needs no sign-in.', session.profile.name));
    return;
  }
  await sessions.signOut(session);
  vscode.window.setStatusBarMessage(t('Signed out of {0}', session.profile.name), 5000);
}
