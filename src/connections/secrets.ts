import type * as vscode from 'vscode';
import type { Disposable } from '../jobs/emitter';
import type { Credentials } from '../api/signIn';
import type { Profile } from './profiles';

/** What is stored of a connection's secret. */
export interface StoredSecret {
  readonly credentials: Credentials;
  /** The server refused it: it is not sent again, in any window, until the person gives a new one. */
  readonly rejected: boolean;
}

/** Whose secret it is. One that was given for another address, kind or user is never sent here. */
type Owner = Pick<Profile, 'id' | 'url' | 'auth' | 'username'>;

/** The secrets of the connections. They are in VS Code's SecretStorage and nowhere else. */
export class Secrets {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'> & {
      onDidChange(listener: (event: { readonly key: string }) => void): Disposable;
    },
  ) {}

  /** Undefined when there is none that can be used: then the person signs in again. */
  async get(owner: Owner): Promise<StoredSecret | undefined> {
    const stored = await this.storage.get(prefix + owner.id);
    if (stored === undefined) return undefined;
    try {
      return parse(JSON.parse(stored), owner);
    } catch {
      return undefined;
    }
  }

  set(owner: Owner, credentials: Credentials): Promise<void> {
    return this.exclusive(() => this.store(owner, { credentials, rejected: false }));
  }

  /** Marks the secret as refused, unless it was replaced in the meantime. */
  reject(owner: Owner, credentials: Credentials): Promise<void> {
    return this.exclusive(async () => {
      const stored = await this.get(owner);
      if (!stored || JSON.stringify(stored.credentials) !== JSON.stringify(credentials)) return;
      await this.store(owner, { credentials, rejected: true });
    });
  }

  delete(connection: string): Promise<void> {
    return this.exclusive(async () => this.storage.delete(prefix + connection));
  }

  /** One change at a time: marking a secret as refused reads it first. */
  private exclusive(change: () => Promise<void>): Promise<void> {
    const done = this.turn.then(change);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Tells of which connection a secret was stored or deleted, where VS Code tells: also by another window. */
  onDidChange(listener: (connection: string) => void): Disposable {
    return this.storage.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) listener(key.slice(prefix.length));
    });
  }

  private async store({ id, url }: Owner, { credentials, rejected }: StoredSecret): Promise<void> {
    await this.storage.store(
      prefix + id,
      JSON.stringify({ ...credentials, url, ...(rejected ? { rejected } : {}) }),
    );
  }
}

const prefix = 'collibraJobs.secret.';

function parse(value: unknown, owner: Owner): StoredSecret | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, url, username, password, token, rejected } = value as Record<string, unknown>;
  if (url !== owner.url || kind !== owner.auth) return undefined;
  if (
    kind === 'basic' &&
    username === owner.username &&
    typeof username === 'string' &&
    typeof password === 'string'
  )
    return { credentials: { kind, username, password }, rejected: rejected === true };
  if (kind === 'bearer' && typeof token === 'string')
    return { credentials: { kind, token }, rejected: rejected === true };
  return undefined;
}
