import type * as vscode from 'vscode';
import type { Credentials } from '../api/signIn';

/** What is stored of a connection's secret. */
export interface StoredSecret {
  readonly credentials: Credentials;
  /** The server refused it: it is not sent again, in any window, until the person gives a new one. */
  readonly rejected: boolean;
}

/** The secrets of the connections. They are in VS Code's SecretStorage and nowhere else. */
export class Secrets {
  constructor(private readonly storage: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>) {}

  /** Undefined when there is none, or none that can be read: both mean that the person signs in again. */
  async get(connection: string): Promise<StoredSecret | undefined> {
    const stored = await this.storage.get(key(connection));
    if (stored === undefined) return undefined;
    try {
      return parse(JSON.parse(stored));
    } catch {
      return undefined;
    }
  }

  async set(connection: string, credentials: Credentials): Promise<void> {
    await this.storage.store(key(connection), JSON.stringify(credentials));
  }

  /** Marks the secret as refused, unless it was replaced in the meantime. */
  async reject(connection: string, credentials: Credentials): Promise<void> {
    const stored = await this.get(connection);
    if (!stored || JSON.stringify(stored.credentials) !== JSON.stringify(credentials)) return;
    await this.storage.store(key(connection), JSON.stringify({ ...credentials, rejected: true }));
  }

  async delete(connection: string): Promise<void> {
    await this.storage.delete(key(connection));
  }
}

function key(connection: string): string {
  return `collibraJobs.secret.${connection}`;
}

function parse(value: unknown): StoredSecret | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, username, password, token, rejected } = value as Record<string, unknown>;
  if (kind === 'basic' && typeof username === 'string' && typeof password === 'string')
    return { credentials: { kind, username, password }, rejected: rejected === true };
  if (kind === 'bearer' && typeof token === 'string')
    return { credentials: { kind, token }, rejected: rejected === true };
  return undefined;
}
