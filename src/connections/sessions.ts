import * as vscode from 'vscode';
import type { Disposable } from '../jobs/emitter';
import type { Attention } from '../jobs/poller';
import type { Change } from '../jobs/state';
import type { Profile } from './profile';
import { onDidChangeProfiles, readProfiles, removeProfile, writeProfile } from './profiles';
import type { Credentials } from '../api/signIn';
import type { Secrets } from './secrets';
import { Session, type SessionOptions } from './session';
import type { Watched } from './watched';

/** Changes of one session's jobs. */
export interface SessionChange {
  readonly session: Session;
  readonly change: Change;
}

/** The sessions that are alive: one for each profile, and those that live only in memory. */
export class Sessions implements vscode.Disposable {
  private sessions = new Map<string, Session>();
  private readonly memoryOnly = new WeakSet<Session>();
  private readonly lists = new vscode.EventEmitter<void>();
  private readonly changes = new vscode.EventEmitter<SessionChange>();
  private readonly problems = new vscode.EventEmitter<string>();
  private attention: Partial<Attention> = {};
  private readonly subscriptions: Disposable[];
  /** Problems of the settings that stand and were told. */
  private told: ReadonlySet<string> = new Set();
  /** The list of connections changed. */
  readonly onDidChangeList = this.lists.event;
  /** Some session's jobs or status changed. */
  readonly onDidChange = this.changes.event;
  /** Profiles can't be used; a sentence for each. */
  readonly onProblem = this.problems.event;

  constructor(
    private readonly secrets: Secrets,
    private readonly options: Omit<SessionOptions, 'secrets'> & { readonly watched: Watched },
  ) {
    this.subscriptions = [
      options.watched.onDidChange(({ connection, ids }) => this.sessions.get(connection)?.store.touch(ids)),
      onDidChangeProfiles(() => this.load()),
      secrets.onDidChange((id) => {
        const session = this.sessions.get(id);
        // What fails shows in the panel.
        if (session && !this.isInMemory(session)) session.secretChanged().catch(() => undefined);
      }),
    ];
  }

  get all(): readonly Session[] {
    return [...this.sessions.values()];
  }

  get(id: string): Session | undefined {
    return this.sessions.get(id);
  }

  /** Takes the profiles from the settings: new ones start, removed ones end, changed ones start again. */
  load(): void {
    const { valid, problems } = readProfiles();
    const news = problems.filter((each) => !this.told.has(each));
    if (news.length > 0) this.problems.fire(news.join(' '));
    this.told = new Set(problems);
    const before = this.all;
    let repaint = false;
    const next = new Map<string, Session>();
    for (const profile of valid) {
      const current = this.sessions.get(profile.id);
      const changed = current !== undefined && JSON.stringify(current.profile) !== JSON.stringify(profile);
      const kept = current?.adopt(profile) ? current : undefined;
      repaint ||= changed;
      next.set(profile.id, kept ?? this.start(profile, this.secrets));
    }
    for (const [id, session] of this.sessions) if (this.isInMemory(session)) next.set(id, session);
    this.sessions = next;
    for (const session of before) if (next.get(session.id) !== session) session.dispose();
    const same = before.length === next.size && before.every((session) => next.get(session.id) === session);
    if (!same || repaint) this.lists.fire();
  }

  /** Keeps a connection whose sign-in was tried, and asks it at once. */
  async add(profile: Profile, credentials: Credentials): Promise<Session> {
    const known = this.sessions.has(profile.id);
    await this.secrets.set(profile, credentials);
    try {
      await writeProfile(profile);
    } catch (error) {
      if (!known) await this.secrets.delete(profile.id);
      throw error;
    }
    // The settings tell later, or not at all when nothing in them changed.
    this.load();
    const session = this.sessions.get(profile.id);
    if (!session) throw new Error(vscode.l10n.t('The connection could not be saved in the settings.'));
    // A failure shows in the panel; the connection itself was tried before.
    await session.signIn().catch(() => undefined);
    return session;
  }

  /** Keeps a connection until the window closes; nothing of it is stored but what the person wants to see. */
  addInMemory(profile: Profile, credentials: Credentials): Session {
    let rejected = false;
    const secrets: SessionOptions['secrets'] = {
      get: () => Promise.resolve({ credentials, stamp: profile.id, rejected }),
      isRefused: () => rejected,
      reject: () => {
        rejected = true;
        return Promise.resolve();
      },
    };
    const session = this.start(profile, secrets, { get: () => undefined, set: () => undefined });
    this.sessions.get(profile.id)?.dispose();
    this.sessions.set(profile.id, session);
    this.memoryOnly.add(session);
    this.lists.fire();
    return session;
  }

  /** Whether the connection lives only in memory, so that it has no sign-in to renew. */
  isInMemory(session: Session): boolean {
    return this.memoryOnly.has(session);
  }

  /** Stores a new secret of a connection that exists, and asks at once. */
  async signIn(session: Session, credentials: Credentials): Promise<void> {
    await this.secrets.set(session.profile, credentials);
    await session.signIn();
    // Nothing else tells that a token which was about to expire was replaced.
    this.lists.fire();
  }

  /** Forgets the secret of a connection, and the jobs that were read with it. */
  async signOut(session: Session): Promise<void> {
    await this.secrets.delete(session.id);
    this.options.cancels.set(session.id, undefined);
    const next = this.start(session.profile, this.secrets);
    this.sessions.set(session.id, next);
    session.dispose();
    this.lists.fire();
    // It only finds out that there is no secret.
    await next.refresh().catch(() => undefined);
  }

  /** Keeps what a person changed of a connection; its session starts again. */
  async update(profile: Profile): Promise<void> {
    await writeProfile(profile);
    this.load();
  }

  /** Ends a connection and removes all that is stored of it. */
  async remove(id: string): Promise<void> {
    const session = this.sessions.get(id);
    this.options.wanted.set(id, undefined);
    this.options.watched.forget(id);
    this.options.usual(id).set(undefined);
    if (session && this.isInMemory(session)) {
      this.sessions.delete(id);
      session.dispose();
      this.lists.fire();
      return;
    }
    await this.secrets.delete(id);
    if (session) this.options.generations.set(session.profile.url, undefined);
    await removeProfile(id);
    this.load();
    this.options.cancels.set(id, undefined);
  }

  /** Tells every session whether somebody looks. */
  attend(attention: Pick<Partial<Attention>, 'focused' | 'visible'>): void {
    this.attention = { ...this.attention, ...attention };
    for (const session of this.all) session.attend(attention);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    for (const session of this.all) session.dispose();
    for (const emitter of [this.lists, this.changes, this.problems]) emitter.dispose();
  }

  private start(
    profile: Profile,
    secrets: SessionOptions['secrets'],
    cancels = this.options.cancels,
  ): Session {
    const session = new Session(profile, { ...this.options, secrets, cancels });
    session.store.onDidChange((change) => this.changes.fire({ session, change }));
    session.attend(this.attention);
    return session;
  }
}
