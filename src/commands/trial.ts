import * as vscode from 'vscode';
import type { Credentials } from '../api/signIn';
import type { Profile } from '../connections/profile';
import { isFailure, type Failure } from '../jobs/failure';
import { showFailure } from '../views/notifications';
import { showCheck } from './checkConnection';
import type { CommandContext } from './context';
import { askPassphrase, askSecret } from './secretInput';

const { t } = vscode.l10n;

/** A connection that isn't kept before it worked. */
export interface Trial {
  readonly profile: Profile;
  readonly credentials: Credentials;
}

/**
 * Asks the instance for one job, so that nothing is saved that doesn't work. A person may mend what was wrong without
 * giving all the other answers again; undefined when they gave up. Rejects with a `CollibraError` where nobody is
 * there to be asked.
 */
export async function tryUntilAccepted(
  context: CommandContext,
  trial: Trial,
  interactive: boolean,
): Promise<Trial | undefined> {
  try {
    await tryOnce(context, trial);
    return trial;
  } catch (error) {
    if (!interactive || !isFailure(error)) throw error;
    const mended = await mend(context, trial, error);
    return mended && tryUntilAccepted(context, mended, interactive);
  }
}

async function tryOnce({ log }: CommandContext, { profile, credentials }: Trial): Promise<void> {
  const { openInstance } = await import('../api/open');
  const title = t('Signing in to {0}…', profile.name);
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
    const { jobs } = await openInstance({ ...profile, credentials, log });
    await jobs.find({}, { limit: 1 });
  });
}

/** Tells what went wrong, with what helps against it. Undefined when the person gave up. */
async function mend(context: CommandContext, trial: Trial, failure: Failure): Promise<Trial | undefined> {
  const { profile } = trial;
  const actions: Record<string, () => Promise<Trial | undefined>> = {};
  if (failure.kind === 'signInNeeded')
    actions[t('Try Again')] = async () => withSecret(profile, await askSecret(profile));
  if (failure.kind === 'certificate')
    actions[t('Choose CA File…')] = async () => {
      const caFile = await chooseFile(t('Certificate authority of {0}', profile.name));
      return caFile === undefined ? undefined : { ...trial, profile: { ...profile, caFile } };
    };
  if (failure.kind === 'clientCertificate' && profile.certFile !== undefined)
    actions[t('Enter Passphrase…')] = () => withPassphrase(trial);
  if (failure.kind === 'clientCertificate')
    actions[t('Choose Client Certificate…')] = () => withClientCertificate(trial);
  // A check would send the refused secret again.
  if (failure.kind !== 'signInNeeded')
    actions[t('Check Connection')] = async () => {
      await showCheck(profile, { ...trial.profile, credentials: trial.credentials, log: context.log });
      return undefined;
    };
  const choice = await showFailure(failure, context.log, ...Object.keys(actions));
  return choice === undefined ? undefined : actions[choice]?.();
}

function withSecret(profile: Profile, credentials: Credentials | undefined): Trial | undefined {
  return credentials && { profile, credentials };
}

async function withClientCertificate({ profile, credentials }: Trial): Promise<Trial | undefined> {
  const files = await chooseClientCertificate(profile.name);
  return files && withPassphrase({ profile: { ...profile, ...files }, credentials });
}

async function withPassphrase({ profile, credentials }: Trial): Promise<Trial | undefined> {
  const passphrase = await askPassphrase(profile);
  if (passphrase === undefined) return undefined;
  return {
    profile,
    credentials: { ...credentials, passphrase: passphrase === '' ? undefined : passphrase },
  };
}

/** Asks for the certificate, and for its key when that is in a file of its own. */
async function chooseClientCertificate(
  name: string,
): Promise<{ readonly certFile: string; readonly keyFile: string | undefined } | undefined> {
  const certFile = await chooseFile(t('Client certificate for {0}', name));
  if (certFile === undefined) return undefined;
  const content = Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.file(certFile))).toString(
    'latin1',
  );
  const keyIsElsewhere =
    content.includes('-----BEGIN CERTIFICATE-----') && !content.includes('PRIVATE KEY-----');
  if (!keyIsElsewhere) return { certFile, keyFile: undefined };
  const keyFile = await chooseFile(t('Key of the client certificate for {0}', name));
  return keyFile === undefined ? undefined : { certFile, keyFile };
}

async function chooseFile(title: string): Promise<string | undefined> {
  const [chosen] = (await vscode.window.showOpenDialog({ title, openLabel: t('Use This File') })) ?? [];
  return chosen?.fsPath;
}
