import { t } from '@vscode/l10n';
import type { CollibraError } from '../api/errors';
import type { OpenOptions } from '../api/open';
import { systemClock } from '../jobs/clock';
import { isFailure } from '../jobs/failure';
import { isActive, isCancelable, type Job, type JobState } from '../jobs/job';
import { Poller, type Attention, type Intervals } from '../jobs/poller';
import type { Capabilities, Generation, ImportResults, JobsApi, User } from '../jobs/query';
import type { Filter } from '../jobs/filter';
import type { Look } from '../jobs/filtered';
import { activeJobs, isOpen, type JobsState, type Status } from '../jobs/state';
import { Store } from '../jobs/store';
import type { Watcher } from '../jobs/watcher';
import { Access, failureOf, type AccessOptions } from './access';
import type { CancelOptions, Cancels, CancelsOptions } from './cancels';
import type { Live } from './live';
import type { Pace, PaceMemory } from '../jobs/pace';
import { minutesLeft } from './expiry';
import { asksTheSame, markedName, shortName, type Profile } from './profile';
import { ShownJobs, type Wanted, type WantedMemory } from './shownJobs';
import type { Watched } from './watched';

export interface SessionOptions extends AccessOptions, CancelsOptions {
  /** Which generation the instance at an address was found to speak. */
  readonly generations: {
    get(url: string): Generation | undefined;
    set(url: string, generation: Generation | undefined): void;
  };
  readonly wanted: WantedMemory;
  readonly watched: Pick<Watched, 'has'>;
  /** What is usual for the jobs of a connection. */
  usual(connection: string): PaceMemory;
  /** How far a list was looked through so far; undefined when that came to its end. */
  looking(session: Session, look: Look | undefined): void;
  intervals(): Intervals;
  /** See `WatchOptions`. */
  sizes(): { readonly pageSize: number; readonly budget: number };
}

/** One connection that is alive: its jobs, and all that keeps them true. Disposing it ends all that it started. */
export class Session {
  readonly store: Store;
  readonly shown: ShownJobs;
  private readonly poller: Poller;
  private readonly access: Access;
  private readonly life = new AbortController();
  private live?: Promise<Live>;
  private known?: Capabilities;
  private cancels?: Promise<Cancels>;
  /** What is asked for now; given up when something else is wanted. */
  private asking = new AbortController();
  /** What is usual for its jobs; undefined until the instance was first asked. */
  pace?: Pace;
  /** When the jobs were last true, ms since the epoch; undefined while they never were. */
  lastGood?: number;
  /** When the token expires, ms since the epoch by the server's clock; undefined where none says so. */
  expires?: number;

  constructor(
    private current: Profile,
    private readonly options: SessionOptions,
  ) {
    this.shown = new ShownJobs(current.id, options.wanted, this);
    this.store = new Store(this.fresh(), this.shown);
    this.poller = new Poller({
      clock: systemClock,
      intervals: () => options.intervals(),
      refresh: (manual) => this.list((watcher, signal) => watcher.refresh(manual, signal)),
      refreshed: () => {
        // The secret was refused while this refresh had its last answer under way: what shows is "sign in".
        if (this.access.refused) return;
        this.lastGood = systemClock.now();
        this.store.setStatus({ kind: 'ready', since: this.lastGood });
        this.poller.attend({ active: activeJobs(this.state).length > 0 });
      },
      failed: (failure, nextTry) => {
        options.log.warn(`${this.profile.name}: ${failure.message}`);
        const kind = failure.kind === 'signInNeeded' ? 'signInNeeded' : 'stale';
        const { status } = this.state;
        // What was never true isn't since the first failure; the next ones don't move that.
        const since = this.lastGood ?? (status.kind === kind ? status.since : systemClock.now());
        this.store.setStatus({ kind, since, failure, nextTry });
      },
      random: () => Math.random(),
    });
    if (this.off) this.poller.halt();
    this.access = new Access(current, options, (failure) => {
      this.poller.halt();
      this.store.setStatus({ kind: 'signInNeeded', since: this.lastGood ?? systemClock.now(), failure });
    });
    // What the window before has asked for is followed to its end.
    if (!this.off && options.cancels.get(this.id)) void this.canceling();
  }

  get profile(): Profile {
    return this.current;
  }

  /** Takes what only changes how it looks and what may be canceled; false when the session has to start again. */
  adopt(profile: Profile): boolean {
    const same = asksTheSame(profile, this.current);
    if (same) this.current = profile;
    return same;
  }

  /** Switched off by the person: nothing is sent. */
  get off(): boolean {
    return this.profile.enabled === false;
  }

  /** The name with label and colour, for questions: "Production (🔴 PROD)". */
  get markedName(): string {
    return markedName(this.profile);
  }

  /** The same for where little fits: "🔴 PROD Production". */
  get shortName(): string {
    return shortName(this.profile);
  }

  /** Minutes until the token expires, once that is near. */
  get tokenMinutes(): number | undefined {
    return minutesLeft(this);
  }

  get id(): string {
    return this.profile.id;
  }

  get state(): JobsState {
    return this.store.state;
  }

  /** Undefined until the instance was first asked. */
  get capabilities(): Capabilities | undefined {
    return this.known;
  }

  /** The server's time, ms since the epoch, for ages and elapsed times. */
  now(): number {
    return systemClock.now() + this.store.state.clockOffset;
  }

  /** What the person wants to see. */
  get filter(): Filter {
    return this.shown.filter;
  }

  /** Shows other jobs from now on, or in another order, and remembers it. Resolves when they are there. */
  async show(wanted: Partial<Wanted>): Promise<void> {
    this.shown.change(wanted);
    this.asking.abort();
    this.asking = new AbortController();
    const { status } = this.state;
    this.store.reset(status.kind === 'signInNeeded' ? status : this.fresh());
    if (!this.off) await this.poller.restart();
  }

  private fresh(): Status {
    return { kind: this.off ? 'off' : 'loading', since: systemClock.now() };
  }

  attend(attention: Partial<Attention>): void {
    this.poller.attend(attention);
  }

  /** Resolves when the jobs are true again; rejects with a `CollibraError`. */
  async refresh(): Promise<void> {
    if (this.off) throw await this.error('off');
    await this.poller.refresh();
  }

  /** Takes new credentials from the secrets and asks at once. */
  async signIn(): Promise<void> {
    this.live = undefined;
    this.access.renew();
    this.expires = undefined;
    if (!this.off) await this.poller.restart();
  }

  /** Another window stored, refused or deleted the secret: this one follows. */
  async secretChanged(): Promise<void> {
    const secret = await this.options.secrets.get(this.profile);
    const usable = secret !== undefined && !secret.rejected;
    const { stamp = secret?.stamp } = this.access;
    // The old one may be refused any time, and would then stand for the new one.
    const replaced = usable && secret.stamp !== stamp;
    if (!replaced && usable !== (this.state.status.kind === 'signInNeeded')) return;
    await this.signIn();
  }

  /** Reads the first page of a finished group, if it wasn't read. */
  async openGroup(group: JobState): Promise<void> {
    await this.list((watcher, signal) => watcher.open(group, signal));
  }

  /** Notes whether somebody looks at a group's rows: those of a finished one that was closed long ago are let go. */
  lookAt(group: JobState, open: boolean): void {
    this.store.setClosed(group, open ? undefined : systemClock.now());
  }

  async loadMore(group: JobState): Promise<void> {
    await this.list((watcher, signal) => watcher.more(group, signal));
  }

  /** Reads the jobs that failed last, for those who count them after an absence. */
  async readFailures(): Promise<void> {
    await this.list((watcher, signal) => watcher.readFailures(signal));
  }

  /** Whether the person wants to be told of the job's end. */
  readonly watches = (job: string): boolean => this.options.watched.has(this.id, job);

  /** Reads one job; undefined when it is gone from the server. */
  async read(id: string): Promise<Job | undefined> {
    return (await this.open()).watcher.read(id, this.life.signal);
  }

  /**
   * Asks the server to cancel a job, straight after a look at it. Resolves when that was accepted; rejects with a
   * `CollibraError`, of kind `conflict` when there is nothing left to cancel, `guarded` where that isn't wanted.
   */
  async cancel(id: string, options: CancelOptions): Promise<void> {
    await (await this.canceling()).cancel(id, options);
  }

  /** Why a job can't be canceled, in a few words; undefined when it can. */
  refusal(job: Job | undefined): string | undefined {
    if (!job) return t('it is gone');
    if (!isActive(job)) return t('it has already finished');
    const cancel = this.store.state.cancels.get(job.id);
    if (job.state === 'canceling' || (cancel && isOpen(cancel))) return t('it is being canceled already');
    if (!isCancelable(job)) return t("it can't be canceled once submitted");
    return this.profile.cancel === 'off' ? t('canceling is switched off for this connection') : undefined;
  }

  /** The names of the users of a job by their ids, where the instance tells them. Each user is asked for once. */
  async names(job: Job): Promise<Readonly<Record<string, string>>> {
    try {
      return await (await this.open()).names(job);
    } catch {
      return {};
    }
  }

  /** Who the sign-in acts as; undefined where the instance doesn't tell. Rejects while it can't be asked. */
  async me(): Promise<User | undefined> {
    return (await this.open()).users.current();
  }

  /** The port itself, for questions that the panel doesn't ask. */
  async api(): Promise<JobsApi> {
    return (await this.open()).jobs;
  }

  /** What imports did, in either generation. */
  async importResults(): Promise<ImportResults> {
    return (await this.open()).importResults;
  }

  /** Finished jobs like this one, and some that are not: see `EarlierRuns`. */
  async earlier(job: Job): Promise<readonly Job[]> {
    return (await this.open()).earlier.of(job);
  }

  dispose(): void {
    this.life.abort();
    this.asking.abort();
    this.access.dispose();
    this.poller.dispose();
    this.store.dispose();
  }

  /**
   * Asks for a list. One that is gone (a single job's absence never gets here) may be there in another generation:
   * then the instance is asked once more which one it speaks.
   */
  private async list(work: (watcher: Watcher, signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.asking;
    const { generations } = this.options;
    const { url, generation } = this.profile;
    try {
      await work((await this.open()).watcher, signal);
    } catch (error) {
      const gone = isFailure(error) && error.kind === 'notFound' && generations.get(url) !== undefined;
      if (!gone || generation !== undefined) throw error;
      generations.set(url, undefined);
      this.live = undefined;
      this.store.closeGroups();
      await work((await this.open()).watcher, signal);
    }
  }

  /** Makes the ports when they are first needed: what asks and how is not loaded before. */
  private open(): Promise<Live> {
    if (this.live) return this.live;
    const live = this.start();
    this.live = live;
    // What failed for lack of a secret may work once there is one.
    live.catch(() => {
      if (this.live === live) this.live = undefined;
    });
    return live;
  }

  private canceling(): Promise<Cancels> {
    return (this.cancels ??= import('./cancels').then(
      ({ Cancels }) => new Cancels(this, this.options, this.life.signal),
    ));
  }

  private async start(): Promise<Live> {
    const { profile, options } = this;
    const given = await this.given();
    const { openLive } = await import('./live');
    const live = await openLive(given, {
      store: this.store,
      shown: this.shown,
      now: (told) => told ?? this.now(),
      sizes: () => options.sizes(),
      looking: (look) => options.looking(this, look),
      usual: options.usual(this.id),
    });
    const { capabilities } = live.jobs;
    this.known = capabilities;
    this.expires = live.expires;
    this.pace = live.pace;
    if (profile.generation === undefined) options.generations.set(profile.url, capabilities.generation);
    return live;
  }

  /** What it takes to ask the instance. Rejects with a `CollibraError` while nothing may be sent. */
  async given(): Promise<OpenOptions> {
    if (this.off) throw await this.error('off');
    const { profile, options } = this;
    return {
      ...profile,
      ...(await this.access.secret()),
      generation: profile.generation ?? options.generations.get(profile.url),
      log: options.log,
      signal: this.life.signal,
    };
  }

  private error(kind: CollibraError['kind'], detail?: string): Promise<CollibraError> {
    return failureOf(this.profile, kind, detail);
  }
}
