import * as vscode from 'vscode';
import type { Credentials } from '../api/signIn';
import { isToken } from '../api/token';
import { markedName, type Profile } from '../connections/profile';

const { t } = vscode.l10n;

/** Whose secret is asked for, and where it goes. */
type Owner = Omit<Profile, 'id' | 'name'> & { readonly name?: string };

/** Asks for the secret of a connection, saying who and where. Undefined when the person gave up. */
export async function askSecret(owner: Owner, step?: string): Promise<Credentials | undefined> {
  const { auth, username = '', clientId = '' } = owner;
  const secret = await vscode.window.showInputBox({
    title: step ?? t('Sign in to {0}', nameOf(owner)),
    prompt: promptFor(owner),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (auth === 'bearer' && value !== '' ? tokenHint(value) : undefined),
  });
  if (secret === undefined || secret === '') return undefined;
  const passphrase = await askPassphrase(owner);
  if (passphrase === undefined) return undefined;
  const also = passphrase === '' ? {} : { passphrase };
  switch (auth) {
    case 'basic':
      return { kind: auth, username, password: secret, ...also };
    case 'bearer':
      return { kind: auth, token: bareToken(secret), ...also };
    case 'clientCredentials':
      return { kind: auth, clientId, clientSecret: secret, ...also };
  }
}

function promptFor({ url, auth, username = '', clientId = '' }: Owner): string {
  const { host } = new URL(url);
  const kept = t("It is kept in VS Code's secret storage only.");
  switch (auth) {
    case 'basic':
      return `${t('Password of {0} at {1}.', username, host)} ${kept}`;
    case 'bearer':
      return `${t('Bearer token for {0}.', host)} ${kept}`;
    case 'clientCredentials':
      return `${t('Client secret of {0} at {1}.', clientId, host)} ${kept}`;
  }
}

/** What a connection is called; one that isn't kept yet goes by its host. */
function nameOf(owner: Owner): string {
  return markedName({ ...owner, name: owner.name ?? new URL(owner.url).host });
}

/** Asks for the passphrase of the client certificate's key where it has one. Empty: none is needed. */
export async function askPassphrase(owner: Owner): Promise<string | undefined> {
  if (owner.certFile === undefined) return '';
  const { secureContext, CertificateProblem } = await import('../api/tls');
  const needed = await secureContext(owner).then(
    () => false,
    (error: unknown) => error instanceof CertificateProblem && error.passphrase,
  );
  if (!needed) return '';
  return vscode.window.showInputBox({
    title: t('Client certificate for {0}', nameOf(owner)),
    prompt: t("Passphrase of {0}. It is kept in VS Code's secret storage only.", owner.certFile),
    password: true,
    ignoreFocusOut: true,
  });
}

/** A token as people paste it, without the word Bearer in front. */
export function bareToken(typed: string): string {
  return typed.trim().replace(/^bearer\s+/i, '');
}

/** Why a text can't be a bearer token (RFC 6750); undefined when it can. */
export function tokenProblem(typed: string): string | undefined {
  return isToken(bareToken(typed))
    ? undefined
    : t('This is no bearer token: it has characters that a token never has.');
}

/** What a token says of itself while it is typed. This machine's clock may be wrong: an old one is no error. */
async function tokenHint(typed: string): Promise<string | vscode.InputBoxValidationMessage | undefined> {
  const problem = tokenProblem(typed);
  if (problem !== undefined) return problem;
  const { jwtExpiry } = await import('../api/jwt');
  const expires = jwtExpiry(bareToken(typed));
  if (expires === undefined) return undefined;
  const when = new Date(expires).toLocaleString(vscode.env.language, {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return expires < Date.now()
    ? {
        message: t('This token expired on {0}.', when),
        severity: vscode.InputBoxValidationSeverity.Warning,
      }
    : { message: t('This token expires on {0}.', when), severity: vscode.InputBoxValidationSeverity.Info };
}
