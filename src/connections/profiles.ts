import * as vscode from 'vscode';
import type { Generation } from '../jobs/query';
import { parseAddress } from './address';

/** A connection as the settings keep it: everything but the secret. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly auth: 'basic' | 'bearer';
  /** The user's name, for kind `basic`. */
  readonly username?: string;
  /** Undefined: the instance is asked which one it speaks. */
  readonly generation?: Generation;
}

/** The connection of the demo, which is in no settings. */
export const reservedId = 'demo';

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
      const reason = error instanceof Error ? error.message : String(error);
      problems.push(
        vscode.l10n.t(
          'Connection {0} in the setting collibraJobs.connections is skipped: {1}',
          index + 1,
          reason,
        ),
      );
    }
  });
  return { valid, problems };
}

/** Adds a profile, or replaces the one with its id. Entries that can't be read stay as they are. */
export async function writeProfile(profile: Profile): Promise<void> {
  const others = rawEntries().filter((entry) => idOf(entry) !== profile.id);
  await update([...others, profile]);
}

export async function removeProfile(id: string): Promise<void> {
  await update(rawEntries().filter((entry) => idOf(entry) !== id));
}

export function onDidChangeProfiles(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(`${section}.${key}`)) listener();
  });
}

/** Checks one entry; throws what is wrong with it. */
function parseProfile(entry: unknown): Profile {
  if (typeof entry !== 'object' || entry === null) throw new Error(vscode.l10n.t('it is no object'));
  const { id, name, url, auth, username, generation } = entry as Record<string, unknown>;
  if (typeof id !== 'string' || !/^[\w-]{1,64}$/.test(id))
    throw new Error(vscode.l10n.t('its id must be letters, digits and hyphens'));
  if (id === reservedId) throw new Error(vscode.l10n.t('its id is the one of the demo'));
  if (typeof url !== 'string') throw new Error(vscode.l10n.t('it has no url'));
  if (auth !== 'basic' && auth !== 'bearer')
    throw new Error(vscode.l10n.t('its auth must be "basic" or "bearer"'));
  if (auth === 'basic' && (typeof username !== 'string' || username === ''))
    throw new Error(vscode.l10n.t('it has no username'));
  const address = parseAddress(url);
  return {
    id,
    name: typeof name === 'string' && name.trim() !== '' ? name.trim() : address.host,
    url: address.url,
    auth,
    username: typeof username === 'string' ? username : undefined,
    generation: parseGeneration(generation),
  };
}

/** Undefined for "auto", which asks the instance. Throws for what is no generation. */
export function parseGeneration(given: unknown = 'auto'): Generation | undefined {
  if (given === 'auto') return undefined;
  if (given === 'core-2.0' || given === 'jobs-v1') return given;
  throw new Error(vscode.l10n.t('The generation must be "auto", "core-2.0" or "jobs-v1".'));
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

async function update(entries: readonly unknown[]): Promise<void> {
  await vscode.workspace.getConfiguration(section).update(key, entries, vscode.ConfigurationTarget.Global);
}
