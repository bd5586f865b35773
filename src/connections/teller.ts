import type { Clock } from '../jobs/clock';
import type { Disposable } from '../jobs/emitter';
import { endingOf, endings, type Ended, type Ending, type Telling } from '../jobs/ending';
import { isFailure } from '../jobs/failure';
import { finishedStates, isActive, type Job } from '../jobs/job';
import { activeJobs, type Change } from '../jobs/state';
import type { Claims } from './claims';
import type { Session } from './session';
import type { Watched } from './watched';

/** How long ends are gathered into one message, ms. */
const gathering = 1500;
/** Ends of one change that are read again one by one; more than that are a flood that nobody wants job by job. */
const mostReads = 20;

/** Ends that are looked at after an absence, the last ones. */
const mostCaughtUp = 50;

/** What a teller needs of a session. */
export type ToldSession = Pick<Session, 'id' | 'off' | 'markedName' | 'store' | 'state' | 'api' | 'me'>;

export interface TellerOptions {
  readonly clock: Clock;
  readonly watched: Watched;
  readonly claims: Pick<Claims, 'claim'>;
  telling(): Telling;
  /** The kinds of ends that are told. */
  endings(): readonly Ending[];
  /** `capped`: more may have ended than were looked at. */
  tell(ended: readonly Ended[], capped: boolean): void;
}

/** What is known of one session. */
interface Followed {
  readonly session: ToldSession;
  /** Jobs that went on when the session was last looked at. */
  active: ReadonlySet<string>;
  /** Keeps watched jobs known. */
  readonly pins: Map<string, () => void>;
  /** Ids whose end is being looked up. */
  readonly looking: Set<string>;
  /** Ids whose end could not be looked up, and is with the next change. */
  readonly due: Set<string>;
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
      next.set(
        session.id,
        same ? known : { session, active: new Set(), pins: new Map(), looking: new Set(), due: new Set() },
      );
    }
    for (const [id, each] of this.followed) if (!next.has(id)) release(each);
    this.followed = next;
    for (const each of next.values()) this.pin(each);
  }

  /** Something changed in a session: what went on before and doesn't any more may have ended. */
  look({ id }: Pick<ToldSession, 'id'>, change?: Pick<Change, 'groups'>): void {
    const followed = this.followed.get(id);
    if (!followed) return;
    const { session, looking, due } = followed;
    // Where no row came or went, all that went on does so still; most refreshes bring progress alone.
    const moved = change?.groups.size !== 0;
    const before = moved ? followed.active : [];
    if (moved) followed.active = new Set(activeJobs(session.state).map((job) => job.id));
    // A watched job that ended while nobody looked is known by its pin, as ended from the first.
    const ids = new Set([...this.options.watched.of(id), ...before, ...due]);
    due.clear();
    if (this.options.telling() === 'off') return;
    const ended = [...ids].filter((each) => hasEnded(session.store.job(each)) && !looking.has(each));
    const capped = ended.length > mostReads;
    for (const each of ended.slice(0, mostReads)) void this.lookUp(followed, each, capped);
  }

  /** Asks each watched job how it is, where no refresh does: one small request each. */
  async glance(): Promise<void> {
    if (this.options.telling() === 'off') return;
    for (const followed of this.followed.values())
      for (const id of followed.session.off ? [] : this.options.watched.of(followed.session.id))
        if (!followed.looking.has(id)) await this.lookUp(followed, id);
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
    const telling = this.options.telling();
    if (telling === 'off' || telling === 'watched') return;
    const sort = { field: 'endedOn', order: 'desc' } as const;
    const api = await followed.session.api();
    const { jobs } = await api.find({ states: finishedStates, sort }, { limit: mostCaughtUp });
    const ended = jobs.filter(({ endedOn }) => endedOn && endedOn.getTime() > since);
    for (const job of ended)
      if (await this.isWanted(followed.session, job))
        this.offer(followed, job, ended.length === mostCaughtUp);
  }

  /** Whether a person wants to be told of a job. */
  async wants(session: Pick<ToldSession, 'id' | 'me'>, job: Job): Promise<boolean> {
    if (this.options.telling() === 'off') return false;
    return this.options.watched.has(session.id, job.id) || this.isWanted(session, job);
  }

  /** Asks the job itself, and tells of its end if that is wanted. */
  private async lookUp(followed: Followed, id: string, capped = false): Promise<void> {
    const { session, looking } = followed;
    const { watched } = this.options;
    looking.add(id);
    try {
      const known = session.store.job(id);
      if (!watched.has(session.id, id) && !(known && (await this.isWanted(session, known)))) return;
      const job = await (await session.api()).get(id);
      // It goes on after all.
      if (!endingOf(job) || this.closed) return;
      if (watched.has(session.id, id)) watched.remove(session.id, [id]);
      this.offer(followed, job, capped);
    } catch (error) {
      // What is gone has no end to be told. Other failures show in the panel, and it is looked up again.
      if (isFailure(error) && error.kind === 'notFound') watched.remove(session.id, [id]);
      else followed.due.add(id);
    } finally {
      looking.delete(id);
    }
  }

  /** Tells of a job that has ended, unless that was done or isn't wanted of this kind of end. */
  private offer({ session, away }: Followed, job: Job, capped = false): void {
    const ending = endingOf(job);
    if (!ending || this.closed || !this.options.endings().includes(ending)) return;
    if (!this.options.claims.claim(`${session.id} ${job.id} ${job.endedOn?.getTime() ?? ''}`)) return;
    const ended = job.endedOn?.getTime() ?? NaN;
    this.pending.push({
      connection: session.id,
      instance: session.markedName,
      job,
      ending,
      away: away !== undefined && ended > away.since && ended <= away.until,
    });
    this.capped ||= capped;
    this.timer ??= this.options.clock.setTimeout(() => this.flush(), gathering);
  }

  private async isWanted(session: Pick<ToldSession, 'me'>, job: Job): Promise<boolean> {
    const telling = this.options.telling();
    if (telling !== 'mine') return telling === 'all';
    const me = await session.me();
    return me !== undefined && (job.user === me.id || job.createdBy === me.id);
  }

  private flush(): void {
    this.timer = undefined;
    const ended = this.pending.splice(0);
    // The worst first, as they are read.
    ended.sort((a, b) => endings.indexOf(a.ending) - endings.indexOf(b.ending));
    if (!this.closed) this.options.tell(ended, this.capped);
    this.capped = false;
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

function hasEnded(job: Job | undefined): boolean {
  return job !== undefined && !isActive(job);
}

function release({ pins }: Followed): void {
  for (const unpin of pins.values()) unpin();
}
