import * as vscode from 'vscode';
import { parseProfile, type Profile } from './profile';
import { messageOf } from '../jobs/failure';

const section = 'collibraJobs';
const key = 'connections';

export interface Profiles {
  readonly valid: readonly Profile[];
  /** A sentence for each entry that can't be used. */
  readonly problems: readonly string[];
}

/** Reads the profiles from the person's own settings; a workspace can't bring any. */
export function readProfiles(): Profiles {
  const stored = globalValue();
  if (stored === undefined) return { valid: [], problems: [] };
  if (!Array.isArray(stored))
    return { valid: [], problems: [vscode.l10n.t('The setting collibraJobs.connections is no list.')] };
  const valid: Profile[] = [];
  const problems: string[] = [];
  stored.forEach((entry: unknown, index) => {
    try {
      const profile = parseProfile(entry);
      if (valid.some(({ id }) => id === profile.id))
        throw new Error(vscode.l10n.t('its id stands there twice'));
      valid.push(profile);
    } catch (error) {
      const reason = messageOf(error);
      problems.push(
        vscode.l10n.t(
          'Connection {0} in the setting collibraJobs.connections is skipped: {1}.',
          nameOf(entry, index),
          reason,
        ),
      );
    }
  });
  return { valid, problems };
}

/** Adds a profile, or replaces the one with its id where it stands. Entries that can't be read stay as they are. */
export async function writeProfile(profile: Profile): Promise<void> {
  await change((entries) => {
    const at = entries.findIndex((entry) => idOf(entry) === profile.id);
    return at < 0 ? [...entries, profile] : entries.with(at, profile);
  });
}

export async function removeProfile(id: string): Promise<void> {
  await change((entries) => entries.filter((entry) => idOf(entry) !== id));
}

export function onDidChangeProfiles(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.${key}`)) listener();
  });
}

/** How a person finds an entry: by its place, and by its name when it has one. */
function nameOf(entry: unknown, index: number): string {
  const { name } = (entry ?? {}) as { name?: unknown };
  return typeof name === 'string' && name !== ''
    ? `${index + 1} ("${name.slice(0, 60)}")`
    : String(index + 1);
}

function rawEntries(): readonly unknown[] {
  const stored = globalValue();
  return Array.isArray(stored) ? stored : [];
}

function idOf(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null ? (entry as { id?: unknown }).id : undefined;
}

function globalValue(): unknown {
  return vscode.workspace.getConfiguration(section).inspect<unknown>(key)?.globalValue;
}

let turn: Promise<unknown> = Promise.resolve();

/** One change at a time: the list is written as a whole, and each starts from what the one before left. */
function change(next: (entries: readonly unknown[]) => readonly unknown[]): Promise<void> {
  const done = turn.then(async () => {
    const { Global } = vscode.ConfigurationTarget;
    await vscode.workspace.getConfiguration(section).update(key, next(rawEntries()), Global);
  });
  turn = done.catch(() => undefined);
  return done;
}
