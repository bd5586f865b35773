import * as vscode from 'vscode';
import type { Credentials } from '../api/signIn';
import type { Address } from '../connections/address';
import type { Profile } from '../connections/profile';
import { askSecret, bareToken, tokenProblem } from './secretInput';
import { optionalText, record } from './target';

const { t } = vscode.l10n;

/** Asks how a person signs in, as whom, and for the secret. Undefined when the person gave up. */
export async function askCredentials({ url, host }: Address): Promise<Credentials | undefined> {
  const title = t('Connect to {0}: sign-in', host);
  const kinds: (vscode.QuickPickItem & { readonly auth: Profile['auth'] })[] = [
    {
      label: t('User and password'),
      detail: t('A Collibra user with a password of its own'),
      auth: 'basic',
    },
    { label: t('Bearer token'), detail: t('A JWT from your identity provider'), auth: 'bearer' },
    {
      label: t('OAuth client credentials'),
      detail: t('ID and secret of an application that is registered in Collibra'),
      auth: 'clientCredentials',
    },
  ];
  const kind = await vscode.window.showQuickPick(kinds, {
    title,
    placeHolder: t('How do you sign in to {0}?', host),
    ignoreFocusOut: true,
  });
  if (!kind) return undefined;
  const { auth } = kind;
  if (auth === 'bearer') return askSecret({ url, auth }, title);
  const who = await vscode.window.showInputBox({
    title,
    prompt: auth === 'basic' ? t('User name at {0}', host) : t('Client ID at {0}', host),
    ignoreFocusOut: true,
    validateInput: (value) =>
      auth === 'basic' && value.includes(':') ? t('A user name has no colon.') : undefined,
  });
  if (who === undefined || who.trim() === '') return undefined;
  const owner = auth === 'basic' ? { username: who } : { clientId: who.trim() };
  return askSecret({ url, auth, ...owner }, title);
}

/** Reads credentials from a command's argument. Throws a sentence that names no secret. */
export function parseCredentials(auth: unknown): Credentials {
  const { kind } = record(auth);
  const given = (name: string): string => {
    const value = optionalText(auth, name);
    if (!value) throw new Error(t('The kind of sign-in "{0}" needs "{1}".', String(kind), name));
    return value;
  };
  const passphrase = optionalText(auth, 'passphrase');
  const also = passphrase === undefined ? {} : { passphrase };
  switch (kind) {
    case 'basic':
      return { kind, username: given('username'), password: given('password'), ...also };
    case 'bearer': {
      const token = given('token');
      const problem = tokenProblem(token);
      if (problem !== undefined) throw new Error(problem);
      return { kind, token: bareToken(token), ...also };
    }
    case 'clientCredentials':
      return { kind, clientId: given('clientId'), clientSecret: given('clientSecret'), ...also };
    default:
      throw new Error(t('The kind of sign-in must be "basic", "bearer" or "clientCredentials".'));
  }
}
