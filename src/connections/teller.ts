import type { Clock } from '../jobs/clock';
import type { Disposable } from '../jobs/emitter';
import { endingOf, endings, type Ended, type Ending, type Telling } from '../jobs/ending';
import { isFailure } from '../jobs/failure';
import { finishedStates, isActive, type Job } from '../jobs/job';
import { activeJobs, isWhole, type Change } from '../jobs/state';
import type { Claims } from './claims';
import type { Session } from './session';
import type { Watched } from './watched';

/** How long ends are gathered into one message, ms; after an absence every connection has to be asked first. */
const gathering = { usual: 1500, away: 4000 };
/** Ends of one change that are read again one by one; more than that are a flood that nobody wants job by job. */
const mostReads = 20;
/** Ends that are looked at after an absence, the last ones. */
const mostCaughtUp = 50;
/** What ended so long before a look may not have been in the answers that it is made of, ms. */
const overlap = 30_000;
/** Ends that are remembered as told, the last ones. */
const mostRecent = 200;
/** A job about which the server fails so often in a row (it may answer 500 for an unknown id) is taken for gone. */
const mostFailures = 5;

/** What a teller needs of a session. */
export type ToldSession = Pick<Session, 'id' | 'off' | 'markedName' | 'store' | 'state' | 'api' | 'me'> & {
  readonly shown: Pick<Session['shown'], 'concerns'>;
};

export interface TellerOptions {
  readonly clock: Clock;
  readonly watched: Watched;
  readonly claims: Pick<Claims, 'claim'>;
  telling(): Telling;
  /** The kinds of ends that are told. */
  endings(): readonly Ending[];
  /** The worst first. `capped`: more may have ended than were looked at. */
  tell(ended: readonly Ended[], capped: boolean): void;
}

/** What is known of one session. */
interface Followed {
  readonly session: ToldSession;
  /** Jobs that went on when the session was last looked at, by id. */
  active: ReadonlyMap<string, Job>;
  /** Keeps watched jobs known. */
  readonly pins: Map<string, () => void>;
  /** Ids whose end is being looked up, or is about to be told. */
  readonly looking: Set<string>;
  /** Jobs whose end could not be looked up, and is with the next change; as they were last known. */
  readonly due: Map<string, Job | undefined>;
  /** Up to when ends are known, by the server's clock, ms since the epoch; undefined before the first look. */
  until?: number;
  /** How often in a row the server failed to tell of a job. */
  readonly failures: Map<string, number>;
  /** When nobody looked, last; server's time, ms since the epoch. */
  away?: { readonly since: number; readonly until: number };
}

/**
 * Tells of the ends of jobs: of those that are watched, of the person's own, or of all. A job tells it itself: it is
 * read again before anything is said, and never taken for ended because it left a list. Each end is told once, by one
 * of the windows.
 */
export class Teller implements Disposable {
  private followed = new Map<string, Followed>();
  private readonly pending: Ended[] = [];
  /** Ids whose end was told, or was not to be told. */
  private readonly recent = new Set<string>();
  private capped = false;
  private timer: unknown;
  private readonly subscription: Disposable;
  private closed = false;

  constructor(private readonly options: TellerOptions) {
    this.subscription = options.watched.onDidChange(() => {
      for (const each of this.followed.values()) this.pin(each);
    });
  }

  /** Takes the sessions that there are now. */
  follow(sessions: readonly ToldSession[]): void {
    const next = new Map<string, Followed>();
    for (const session of sessions) {
      const known = this.followed.get(session.id);
      const same = known?.session === session;
      if (known && !same) release(known);
      next.set(session.id, same ? known : followedOf(session));
    }
    for (const [id, each] of this.followed) if (!next.has(id)) release(each);
    this.followed = next;
    for (const each of next.values()) this.pin(each);
  }

  /** Something changed in a session: what went on before and doesn't any more may have ended. */
  look({ id }: Pick<ToldSession, 'id'>, change?: Pick<Change, 'groups'>): void {
    const followed = this.followed.get(id);
    if (!followed) return;
    const { session, due, looking } = followed;
    const { kind } = session.state.status;
    // Where no row came or went, all that went on does so still; most refreshes bring progress alone.
    const moved = change?.groups.size !== 0;
    const before = followed.active;
    if (moved) followed.active = new Map(activeJobs(session.state).map((job) => [job.id, job]));
    const suspects = new Map(due);
    due.clear();
    const telling = this.options.telling();
    if (telling === 'off') return;
    if (moved && telling !== 'watched') {
      for (const [each, job] of before) if (!followed.active.has(each)) suspects.set(each, job);
      for (const job of this.unseen(followed)) suspects.set(job.id, job);
    }
    // A watched job that ended while nobody looked is known by its pin, as ended from the first.
    for (const each of this.options.watched.of(id)) suspects.set(each, before.get(each));
    // Other jobs are wanted, or not all are followed: what left for that has not ended.
    const certain = (kind === 'ready' || kind === 'stale') && isWhole(session.state);
    const left = [...suspects].filter(([each]) => {
      const known = session.store.job(each);
      return !looking.has(each) && (known ? !isActive(known) : certain);
    });
    void this.lookUpAll(followed, left);
  }

  /** Jobs that came and went between two refreshes: they ended since the last look, and nobody saw them active. */
  private unseen(followed: Followed): readonly Job[] {
    const { session, until = Infinity } = followed;
    const { groups, clockOffset, status } = session.state;
    if (status.kind !== 'loading') followed.until = this.options.clock.now() + clockOffset - overlap;
    const ended = finishedStates.flatMap((state) => groups[state].jobs);
    return ended.filter(({ id, endedOn }) => Number(endedOn) > until && !this.recent.has(id));
  }

  /** Asks each watched job how it is, where no refresh does: one small request each. */
  async glance(): Promise<void> {
    if (this.options.telling() === 'off') return;
    for (const followed of this.followed.values())
      for (const id of followed.session.off ? [] : this.options.watched.of(followed.session.id))
        if (!followed.looking.has(id) && !this.closed)
          await this.lookUp(followed, id, followed.session.store.job(id));
  }

  dispose(): void {
    this.closed = true;
    this.subscription.dispose();
    this.options.clock.clearTimeout(this.timer);
    for (const each of this.followed.values()) release(each);
    this.followed.clear();
  }

  /**
   * A person looks again after an absence: `since` and `until` are by the server's clock, ms since the epoch. What ended
   * meanwhile is told as that; where more than what is watched is told, one small request finds it. Rejects with a
   * `CollibraError` when that fails.
   */
  async catchUp({ id }: Pick<ToldSession, 'id'>, since: number, until: number): Promise<void> {
    const followed = this.followed.get(id);
    if (!followed) return;
    followed.away = { since, until };
    const { session } = followed;
    const telling = this.options.telling();
    if (telling === 'off' || telling === 'watched') return;
    const me = telling === 'mine' ? await session.me() : undefined;
    // Whose jobs are one's own is not to be known here.
    if (telling === 'mine' && !me) return;
    const query = {
      states: finishedStates,
      user: me?.id,
      sort: { field: 'endedOn', order: 'desc' },
    } as const;
    const { jobs } = await (await session.api()).find(query, { limit: mostCaughtUp });
    // Removed meanwhile.
    if (this.followed.get(id) !== followed) return;
    const ended = jobs.filter(({ endedOn }) => endedOn && endedOn.getTime() > since);
    for (const job of ended)
      if (me !== undefined || session.shown.concerns(job))
        this.offer(followed, job, ended.length === mostCaughtUp);
  }

  /** Whether a person wants to be told of a job. Rejects while it can't be asked whose jobs are one's own. */
  async wants(session: Pick<ToldSession, 'id' | 'me'>, job: Job | undefined): Promise<boolean> {
    const telling = this.options.telling();
    if (telling === 'off') return false;
    if (job && this.options.watched.has(session.id, job.id)) return true;
    if (telling !== 'mine') return telling === 'all';
    const me = await session.me();
    return me !== undefined && job !== undefined && (job.user === me.id || job.createdBy === me.id);
  }

  /** Looks up those of the jobs that are to be told of, as they were last known. */
  private async lookUpAll(followed: Followed, left: readonly (readonly [string, Job | undefined])[]) {
    const { session, looking, due } = followed;
    for (const [id] of left) looking.add(id);
    const wanted: (readonly [string, Job | undefined])[] = [];
    for (const [id, before] of left) {
      const job = session.store.job(id) ?? before;
      try {
        const watched = this.options.watched.has(session.id, id);
        if (watched || (await this.wants(session, job))) wanted.push([id, job]);
        else looking.delete(id);
      } catch {
        looking.delete(id);
        due.set(id, job);
      }
    }
    const capped = wanted.length > mostReads;
    for (const [id, job] of wanted.splice(mostReads)) {
      looking.delete(id);
      // Those that are watched have their turn once these are told.
      if (this.options.watched.has(session.id, id)) due.set(id, job);
    }
    await Promise.all(wanted.map(([id, job]) => this.lookUp(followed, id, job, capped)));
  }

  /** Asks the job itself, and tells of its end. `known`: as a list had it, when one did. */
  private async lookUp(
    followed: Followed,
    id: string,
    known: Job | undefined,
    capped = false,
  ): Promise<void> {
    const { session, looking, due, failures } = followed;
    looking.add(id);
    try {
      const job = await (await session.api()).get(id);
      failures.delete(id);
      const wanted = await this.wants(session, job);
      if (endingOf(job) && wanted) {
        this.offer(followed, job, capped);
        return;
      }
      looking.delete(id);
      // A list says that it ended, and the job itself not yet.
      if (wanted) due.set(id, known);
    } catch (error) {
      const kind = isFailure(error) ? error.kind : undefined;
      const failed = (failures.get(id) ?? 0) + 1;
      failures.set(id, failed);
      // A job that was just submitted can be missing for some seconds; one that a list had is not. And an instance in
      // trouble says nothing of a job that is known.
      const missing = kind === 'notFound' || (kind === 'server' && !known);
      if (missing && (known !== undefined || failed >= mostFailures)) {
        failures.delete(id);
        // Its last words count, where a list had them.
        this.offer(followed, known ?? { id, state: 'other' }, capped, (known && endingOf(known)) ?? 'gone');
        return;
      }
      // Such failures show in the panel, and it is looked up again.
      looking.delete(id);
      due.set(id, known);
    }
  }

  /** Tells of a job that has ended, with others that end now. */
  private offer(followed: Followed, job: Job, capped = false, ending = endingOf(job)): void {
    const { session, away, looking } = followed;
    if (!ending || this.closed || this.isPending(session.id, job.id)) return;
    looking.add(job.id);
    const ended = job.endedOn?.getTime() ?? NaN;
    this.pending.push({
      connection: session.id,
      instance: session.markedName,
      job,
      ending,
      away: away !== undefined && ended > away.since && ended <= away.until,
    });
    this.capped ||= capped;
    const { clock } = this.options;
    this.timer ??= clock.setTimeout(() => this.flush(), away ? gathering.away : gathering.usual);
  }

  private remember(id: string): void {
    this.recent.add(id);
    const [oldest = id] = this.recent;
    if (this.recent.size > mostRecent) this.recent.delete(oldest);
  }

  private isPending(connection: string, id: string): boolean {
    return this.pending.some((each) => each.connection === connection && each.job.id === id);
  }

  /** Only now is it claimed, and watched no longer: had the window closed before, another one would tell. */
  private flush(): void {
    this.timer = undefined;
    const { watched, claims } = this.options;
    const told = this.pending.splice(0).filter(({ connection, job, ending }) => {
      this.followed.get(connection)?.looking.delete(job.id);
      this.remember(job.id);
      if (watched.has(connection, job.id)) watched.remove(connection, [job.id]);
      return this.options.endings().includes(ending) && claims.claim(`${connection} ${job.id}`);
    });
    told.sort((a, b) => endings.indexOf(a.ending) - endings.indexOf(b.ending));
    if (told.length > 0) this.options.tell(told, this.capped);
    this.capped = false;
    for (const { session, due } of this.followed.values())
      if (due.size > 0) this.look(session, { groups: new Set() });
  }

  /** Keeps what is watched known, so that each refresh asks for it where no list has it. */
  private pin({ session, pins }: Followed): void {
    const wanted = session.off ? [] : this.options.watched.of(session.id);
    for (const [id, unpin] of pins) {
      if (wanted.includes(id)) continue;
      unpin();
      pins.delete(id);
    }
    for (const id of wanted) if (!pins.has(id)) pins.set(id, session.store.pin(id));
  }
}

function followedOf(session: ToldSession): Followed {
  return {
    session,
    active: new Map(),
    pins: new Map(),
    looking: new Set(),
    due: new Map(),
    failures: new Map(),
  };
}

function release({ pins }: Followed): void {
  for (const unpin of pins.values()) unpin();
}
