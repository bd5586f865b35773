import * as vscode from 'vscode';
import { parseAddress } from '../connections/address';
import type { CommandContext } from './context';
import { confirmReadable } from './confirmReadable';
import { askSecret } from './secretInput';
import { targetSession } from './target';
import { trySignIn } from './trySignIn';

/** Asks for the secret of a connection again and keeps it once the instance accepted it. */
export async function signIn(context: CommandContext, argument?: unknown): Promise<void> {
  const session = await targetSession(
    context.sessions,
    argument,
    vscode.l10n.t('Sign in to which instance?'),
  );
  if (!session) return;
  const { profile } = session;
  if (context.sessions.isInMemory(session)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} needs no sign-in.', profile.name));
    return;
  }
  if (!(await confirmReadable(parseAddress(profile.url)))) return;
  const credentials = await askSecret(profile);
  if (!credentials) return;
  await trySignIn(profile, credentials, context.log);
  await context.sessions.signIn(session, credentials);
}
