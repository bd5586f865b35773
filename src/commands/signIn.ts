import * as vscode from 'vscode';
import type { CommandContext } from './context';
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
  const credentials = await askSecret(profile);
  if (!credentials) return;
  await trySignIn(profile, credentials, context.log);
  await context.sessions.signIn(session, credentials);
}
