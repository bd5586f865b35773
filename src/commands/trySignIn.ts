import * as vscode from 'vscode';
import type { Log } from '../api/log';
import type { Credentials } from '../api/signIn';
import type { Profile } from '../connections/profiles';

/** Asks the instance for one job, so that nothing is saved that doesn't work. Rejects with a `CollibraError`. */
export async function trySignIn(profile: Profile, credentials: Credentials, log: Log): Promise<void> {
  const { openJobs } = await import('../api/open');
  const title = vscode.l10n.t('Signing in to {0}…', profile.name);
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
    const api = await openJobs({ ...profile, credentials, log });
    await api.find({}, { limit: 1 });
  });
}
