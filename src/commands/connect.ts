import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Credentials } from '../api/signIn';
import { parseAddress, type Address } from '../connections/address';
import { parseGeneration, type Profile } from '../connections/profiles';
import { confirmReadable } from './confirmReadable';
import type { CommandContext } from './context';
import { isFailure } from '../jobs/failure';
import { showFailure } from '../views/notifications';
import { askSecret, bareToken, tokenProblem } from './secretInput';
import { optionalText, record } from './target';
import { trySignIn } from './trySignIn';

const { t } = vscode.l10n;

/**
 * Adds a connection: asks for what the argument doesn't name, tries the sign-in, and only then saves. Answers the
 * connection's id, undefined when the person gave up.
 */
export async function connect(context: CommandContext, argument?: unknown): Promise<string | undefined> {
  const given = optionalText(argument, 'url');
  const address = given === undefined ? await askAddress() : parseAddress(given);
  if (!address) return undefined;
  if (!(await confirmReadable(address))) return undefined;

  const auth = record(argument)['auth'];
  const asked = auth === undefined ? await askCredentials(address) : parseCredentials(auth);
  if (!asked) return undefined;

  const profile: Profile = {
    id: randomUUID(),
    name: freeName(context, optionalText(argument, 'name')?.trim() ?? address.host),
    url: address.url,
    auth: asked.kind,
    username: asked.kind === 'basic' ? asked.username : undefined,
    generation: parseGeneration(record(argument)['generation']),
  };
  const credentials = await tryUntilAccepted(context, profile, asked, auth === undefined);
  if (!credentials) return undefined;
  await context.sessions.add(profile, credentials);
  if (given === undefined) await vscode.commands.executeCommand('collibraJobs.jobs.focus');
  return profile.id;
}

/** Tries the sign-in; a person may correct the secret without giving all the other answers again. */
async function tryUntilAccepted(
  context: CommandContext,
  profile: Profile,
  asked: Credentials,
  interactive: boolean,
): Promise<Credentials | undefined> {
  try {
    await trySignIn(profile, asked, context.log);
    return asked;
  } catch (error) {
    if (!interactive || !isFailure(error) || error.kind !== 'signInNeeded') throw error;
    const again = t('Try Again');
    if ((await showFailure(error, context.log, again)) !== again) return undefined;
    const next = await askSecret(profile);
    return next && tryUntilAccepted(context, profile, next, interactive);
  }
}

async function askAddress(): Promise<Address | undefined> {
  const typed = await vscode.window.showInputBox({
    title: t('Connect to Collibra: address'),
    prompt: t('The address that Collibra opens at in your browser'),
    placeHolder: 'https://acme.collibra.com',
    ignoreFocusOut: true,
    validateInput: (value) => (value === '' ? undefined : addressProblem(value)),
  });
  return typed === undefined ? undefined : parseAddress(typed);
}

function addressProblem(value: string): string | undefined {
  try {
    parseAddress(value);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

async function askCredentials(address: Address): Promise<Credentials | undefined> {
  const title = t('Connect to {0}: sign-in', address.host);
  const kinds = [
    {
      label: t('User and password'),
      detail: t('A Collibra user with a password of its own'),
      auth: 'basic' as const,
    },
    { label: t('Bearer token'), detail: t('A JWT from your identity provider'), auth: 'bearer' as const },
  ];
  const kind = await vscode.window.showQuickPick(kinds, {
    title,
    placeHolder: t('How do you sign in to {0}?', address.host),
    ignoreFocusOut: true,
  });
  if (!kind) return undefined;
  let username: string | undefined;
  if (kind.auth === 'basic') {
    username = await vscode.window.showInputBox({
      title,
      prompt: t('User name at {0}', address.host),
      ignoreFocusOut: true,
      validateInput: (value) => (value.includes(':') ? t('A user name has no colon.') : undefined),
    });
    if (username === undefined || username === '') return undefined;
  }
  return askSecret({ url: address.url, auth: kind.auth, username }, title);
}

/** Reads credentials from a command's argument. Throws a sentence that names no secret. */
function parseCredentials(auth: unknown): Credentials {
  const { kind } = record(auth);
  if (kind === 'basic') {
    const [username, password] = [optionalText(auth, 'username'), optionalText(auth, 'password')];
    if (!username || !password)
      throw new Error(t('The kind of sign-in "basic" needs username and password.'));
    return { kind, username, password };
  }
  if (kind === 'bearer') {
    const token = optionalText(auth, 'token');
    if (!token) throw new Error(t('The kind of sign-in "bearer" needs a token.'));
    const problem = tokenProblem(token);
    if (problem !== undefined) throw new Error(problem);
    return { kind, token: bareToken(token) };
  }
  throw new Error(t('The kind of sign-in must be "basic" or "bearer".'));
}

/** A name that no other connection has, so that people can tell them apart. */
function freeName({ sessions }: CommandContext, wanted: string): string {
  const taken = new Set(sessions.all.map(({ profile }) => profile.name));
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
  return name;
}
