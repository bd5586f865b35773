import * as vscode from 'vscode';
import type { Credentials } from '../api/signIn';
import type { Profile } from '../connections/profiles';

const { t } = vscode.l10n;

/** Asks for the secret of a connection, saying who and where. Undefined when the person gave up. */
export async function askSecret(
  profile: Pick<Profile, 'url' | 'auth' | 'username'>,
  step?: string,
): Promise<Credentials | undefined> {
  const host = new URL(profile.url).host;
  const { auth, username = '' } = profile;
  const secret = await vscode.window.showInputBox({
    title: step ?? t('Sign in to {0}', host),
    prompt:
      auth === 'basic'
        ? t("Password of {0} at {1}. It is kept in VS Code's secret storage only.", username, host)
        : t("Bearer token for {0}. It is kept in VS Code's secret storage only.", host),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (auth === 'bearer' && value !== '' ? tokenProblem(value) : undefined),
  });
  if (secret === undefined || secret === '') return undefined;
  return auth === 'basic'
    ? { kind: 'basic', username, password: secret }
    : { kind: 'bearer', token: bareToken(secret) };
}

/** A token as people paste it, without the word Bearer in front. */
export function bareToken(typed: string): string {
  return typed.trim().replace(/^bearer\s+/i, '');
}

/** Why a text can't be a bearer token (RFC 6750); undefined when it can. */
export function tokenProblem(typed: string): string | undefined {
  return /^[A-Za-z0-9\-._~+/]+=*$/.test(bareToken(typed))
    ? undefined
    : t('This is no bearer token: it has characters that a token never has.');
}
