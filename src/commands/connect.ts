import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Credentials } from '../api/signIn';
import { parseAddress, type Address } from '../connections/address';
import { parseProfile, textOr, type Profile } from '../connections/profile';
import { confirmReadable } from './confirmReadable';
import type { CommandContext } from './context';
import { askCredentials, parseCredentials } from './credentials';
import { optionalText, record } from './target';
import { tryUntilAccepted } from './trial';

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

  const { auth, ...fields } = record(argument);
  const credentials = auth === undefined ? await askCredentials(address) : parseCredentials(auth);
  if (!credentials) return undefined;

  const name = freeName(context, textOr(optionalText(argument, 'name'), address.host));
  const profile = newProfile({ ...fields, url: address.url, name }, credentials);
  const accepted = await tryUntilAccepted(context, { profile, credentials }, auth === undefined);
  if (!accepted) return undefined;
  await context.sessions.add(accepted.profile, accepted.credentials);
  if (given === undefined) await vscode.commands.executeCommand('collibraJobs.jobs.focus');
  return profile.id;
}

/** A profile of what the argument says, which is checked like one of the settings. */
function newProfile(fields: Readonly<Record<string, unknown>>, credentials: Credentials): Profile {
  const { kind: auth } = credentials;
  const username = auth === 'basic' ? credentials.username : undefined;
  const clientId = auth === 'clientCredentials' ? credentials.clientId : undefined;
  try {
    return parseProfile({ ...fields, id: randomUUID(), auth, username, clientId });
  } catch (error) {
    throw new Error(t("This connection can't be made: {0}.", (error as Error).message), { cause: error });
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

/** A name that no other connection has, so that people can tell them apart. */
function freeName({ sessions }: CommandContext, wanted: string): string {
  const taken = new Set(sessions.all.map(({ profile }) => profile.name));
  let name = wanted;
  for (let n = 2; taken.has(name); n++) name = `${wanted} (${n})`;
  return name;
}
