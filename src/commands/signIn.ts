import * as vscode from 'vscode';
import { parseAddress } from '../connections/address';
import type { Profile } from '../connections/profile';
import type { Session } from '../connections/session';
import type { CommandContext } from './context';
import { confirmReadable } from './confirmReadable';
import { askSecret } from './secretInput';
import { targetSession } from './target';
import { tryUntilAccepted } from './trial';

/** The questions that are open, by connection: whoever needs the same answer waits for the one question. */
const questions = new Map<string, Promise<boolean>>();

/** Asks for the secret of a connection again and keeps it once the instance accepted it. */
export async function signIn(context: CommandContext, argument?: unknown): Promise<void> {
  const session = await targetSession(
    context.sessions,
    argument,
    vscode.l10n.t('Sign in to which instance?'),
  );
  if (session) await askToSignIn(context, session);
}

/** Whether the person is being asked for the secret of a connection. */
export function isAsking(connection: string): boolean {
  return questions.has(connection);
}

/** One question for all that wait. True once the instance accepted the answer. */
export function askToSignIn(context: CommandContext, session: Session): Promise<boolean> {
  const { id } = session;
  const question = questions.get(id) ?? ask(context, session).finally(() => questions.delete(id));
  questions.set(id, question);
  return question;
}

async function ask(context: CommandContext, session: Session): Promise<boolean> {
  const { sessions } = context;
  const { profile } = session;
  if (sessions.isInMemory(session)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} needs no sign-in.', profile.name));
    return false;
  }
  if (!(await confirmReadable(parseAddress(profile.url)))) return false;
  const credentials = await askSecret(profile);
  const accepted = credentials && (await tryUntilAccepted(context, { profile, credentials }, true));
  if (!accepted) return false;
  // The settings may have changed while the question stood: what was written there isn't undone.
  const current = sessions.get(session.id);
  if (!current || !isSameAccount(current.profile, profile))
    throw new Error(vscode.l10n.t('{0} was changed meanwhile. Sign in again.', profile.name));
  // Certificates may have been chosen on the way; and signing in switches on.
  const { caFile, certFile, keyFile } = accepted.profile;
  const chosen = accepted.profile === profile ? undefined : { caFile, certFile, keyFile };
  if (!chosen && !current.off) await sessions.signIn(current, accepted.credentials);
  else await sessions.add({ ...current.profile, ...chosen, enabled: undefined }, accepted.credentials);
  return true;
}

function isSameAccount(one: Profile, other: Profile): boolean {
  const { url, auth, username, clientId } = other;
  return one.url === url && one.auth === auth && one.username === username && one.clientId === clientId;
}
