import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Profile } from '../../src/connections/profile';
import type { CollibraJobs, ConnectionSnapshot } from '../../src/extension';
import type { JobState } from '../../src/jobs/job';

/** The extension under test. */
export async function extensionApi(): Promise<CollibraJobs> {
  const extension = vscode.extensions.getExtension<CollibraJobs>('collibra-jobs.collibra-jobs');
  assert.ok(extension, 'the extension is installed');
  return extension.activate();
}

/** Connects as another extension would, with a bearer token. */
export async function connectTo(
  server: { readonly url: string; readonly token: string; readonly passphrase?: string },
  name?: string,
  fields: Partial<Profile> = {},
): Promise<string> {
  const { url, token, passphrase } = server;
  const auth = { kind: 'bearer', token, passphrase };
  const id: unknown = await vscode.commands.executeCommand('collibraJobs.connect', {
    url,
    auth,
    name,
    ...fields,
  });
  assert.ok(typeof id === 'string');
  return id;
}

/** The connections that the settings keep. */
export function savedConnections(): readonly { readonly id: string; readonly url: string }[] {
  return vscode.workspace.getConfiguration('collibraJobs').get('connections') ?? [];
}

/** The report of "Check Connection", as it is shown. */
export async function checkOf(connection: string): Promise<string> {
  await vscode.commands.executeCommand('collibraJobs.checkConnection', { connection });
  const shown = vscode.window.activeTextEditor?.document;
  assert.equal(shown?.uri.scheme, 'collibra-jobs-document');
  const text = shown.getText();
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  return text;
}

export async function removeConnection(connection: string): Promise<void> {
  await vscode.commands.executeCommand('collibraJobs.removeConnection', { connection, confirm: false });
}

export function snapshotOf(api: CollibraJobs, id: string): ConnectionSnapshot {
  const snapshot = api.snapshot().find((each) => each.id === id);
  assert.ok(snapshot, `there is no connection ${id}`);
  return snapshot;
}

export function groupOf(snapshot: ConnectionSnapshot, name: JobState): ConnectionSnapshot['groups'][number] {
  const group = snapshot.groups.find((each) => each.group === name);
  assert.ok(group);
  return group;
}

/** Waits until the panel knows what the test waits for; a change of the panel is what makes it look again. */
export async function until<T>(api: CollibraJobs, look: () => T | undefined | false): Promise<T> {
  const found = look();
  if (found !== undefined && found !== false) return found;
  return new Promise((resolve) => {
    const subscription = api.onDidChange(() => {
      const now = look();
      if (now === undefined || now === false) return;
      subscription.dispose();
      resolve(now);
    });
  });
}
