import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import type { Credentials } from '../api/signIn';
import { isToken } from '../api/token';
import type { Disposable } from '../jobs/emitter';
import type { Profile } from './profile';
import type { Refusals } from './refusals';

/** What is stored of a connection's secret. */
export interface StoredSecret {
  readonly credentials: Credentials;
  /** Names this secret where it may not be named itself. */
  readonly stamp: string;
  /** The server refused it: it is not sent again, in any window, until the person gives a new one. */
  readonly rejected: boolean;
}

/** Whose secret it is. One that was given for another address, kind or user is never sent here. */
export type Owner = Pick<Profile, 'id' | 'url' | 'auth' | 'username' | 'clientId'>;

/** The secrets of the connections. They are in VS Code's SecretStorage and nowhere else. */
export class Secrets {
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly storage: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'> & {
      onDidChange(listener: (event: { readonly key: string }) => void): Disposable;
    },
    private readonly refusals: Pick<Refusals, 'has' | 'add'>,
  ) {}

  /** Undefined when there is none that can be used: then the person signs in again. */
  async get(owner: Owner): Promise<StoredSecret | undefined> {
    try {
      const stored = await this.storage.get(prefix + owner.id);
      if (stored === undefined) return undefined;
      const secret = parse(JSON.parse(stored), owner);
      return secret && { ...secret, rejected: secret.rejected || this.refusals.has(secret.stamp) };
    } catch {
      return undefined;
    }
  }

  set(owner: Owner, credentials: Credentials): Promise<void> {
    return this.exclusive(() => this.store(owner, { credentials, stamp: randomUUID(), rejected: false }));
  }

  /** Whether a window was refused with this secret; asked before each request. */
  isRefused({ stamp }: StoredSecret): boolean {
    return this.refusals.has(stamp);
  }

  /** Marks the secret as refused, for every window once this returns; in the storage unless it was replaced. */
  reject(owner: Owner, { stamp }: StoredSecret): Promise<void> {
    try {
      this.refusals.add(stamp);
    } catch {
      // The storage remembers it too.
    }
    return this.exclusive(async () => {
      const stored = await this.get(owner);
      if (stored?.stamp === stamp) await this.store(owner, { ...stored, rejected: true });
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

  private async store({ id, url }: Owner, { credentials, stamp, rejected }: StoredSecret): Promise<void> {
    await this.storage.store(
      prefix + id,
      JSON.stringify({ ...credentials, url, stamp, ...(rejected ? { rejected } : {}) }),
    );
  }
}

const prefix = 'collibraJobs.secret.';

function parse(value: unknown, owner: Owner): StoredSecret | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, url, stamp, rejected, ...fields } = value as Record<string, unknown>;
  if (url !== owner.url || kind !== owner.auth) return undefined;
  if (typeof stamp !== 'string' || !/^[\w-]{1,64}$/.test(stamp)) return undefined;
  const credentials = credentialsOf(owner, fields);
  return credentials && { credentials, stamp, rejected: rejected === true };
}

function credentialsOf(owner: Owner, fields: Readonly<Record<string, unknown>>): Credentials | undefined {
  const { username, password, token, clientId, clientSecret, passphrase } = fields;
  const also = typeof passphrase === 'string' ? { passphrase } : {};
  switch (owner.auth) {
    case 'basic':
      if (typeof username !== 'string' || username !== owner.username || typeof password !== 'string') break;
      return { kind: 'basic', username, password, ...also };
    case 'bearer':
      if (typeof token !== 'string' || !isToken(token)) break;
      return { kind: 'bearer', token, ...also };
    case 'clientCredentials':
      if (typeof clientId !== 'string' || clientId !== owner.clientId) break;
      if (typeof clientSecret !== 'string') break;
      return { kind: 'clientCredentials', clientId, clientSecret, ...also };
  }
  return undefined;
}
