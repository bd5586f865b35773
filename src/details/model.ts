import { t } from '@vscode/l10n';
import type { Session } from '../connections/session';
import type { Disposable } from '../jobs/emitter';
import { messageOf } from '../jobs/failure';
import { jobTitle } from '../jobs/format';
import { noResultText } from '../jobs/importErrors';
import { isActive, isImport, type Job } from '../jobs/job';
import type { PageToken } from '../jobs/query';
import type { Change } from '../jobs/state';
import type { DetailsState, ImportState, PastState, ToPage } from './protocol';

/** Errors of an import that are read at once. */
const errorsPage = 50;

/** Of an import that is asked for once its job has ended. */
const unfinished: ImportState = { kind: 'notFinished' };

/** What a page needs of its session. */
export type DetailsSession = Pick<
  Session,
  | 'id'
  | 'profile'
  | 'store'
  | 'state'
  | 'read'
  | 'names'
  | 'earlier'
  | 'importResults'
  | 'refusal'
  | 'watches'
>;

/**
 * What the page of one job shows, and what is asked to know it: the job itself, once, and from then on what the
 * refreshes of its session bring; its earlier runs once; what it imported once it has ended.
 */
export class DetailsModel implements Disposable {
  /** The last that was known, for a job that is gone. */
  job?: Job;
  /** What the store had of it when that was last told. */
  private stored?: Job;
  private names: Readonly<Record<string, string>> = {};
  private gone = false;
  private problem?: string;
  private askedPast = false;
  private past?: PastState;
  private imports?: ImportState;
  private nextErrors?: PageToken;
  private readingErrors = false;
  private closed = false;
  private readonly subscription: Disposable;
  /** Ends that the job is followed. */
  private unpin?: () => void;

  constructor(
    readonly session: DetailsSession,
    readonly id: string,
    private readonly post: (message: ToPage) => void,
  ) {
    this.job = session.store.job(id);
    this.unpin = session.store.pin(id);
    this.subscription = session.store.onDidChange((change) => this.follow(change));
  }

  /** The job's name; undefined while it isn't known. */
  get title(): string | undefined {
    return this.job && jobTitle(this.job);
  }

  dispose(): void {
    this.closed = true;
    this.subscription.dispose();
    this.unpin?.();
  }

  /** Tells all that is known, and reads the job. */
  async open(): Promise<void> {
    if (this.past) this.tell({ kind: 'past', past: this.past });
    if (this.imports) this.tellImports(this.imports);
    this.update();
    await this.read();
  }

  /** Reads the job again, and what could not be read before. */
  async read(): Promise<void> {
    if (this.imports?.kind !== 'result' && this.imports?.kind !== 'loading') this.imports = undefined;
    if (this.past?.problem !== undefined) this.askedPast = false;
    try {
      const job = await this.session.read(this.id);
      this.job = job ?? this.job;
      this.gone = job === undefined;
      if (job && !this.closed) this.unpin ??= this.session.store.pin(this.id);
      this.problem = undefined;
      this.update();
      // Names are pleasant to have; the page doesn't wait for them.
      if (this.job && !this.closed) this.names = await this.session.names(this.job);
    } catch (error) {
      this.problem = messageOf(error);
    }
    this.update();
  }

  /** Reads the next errors of the import. */
  async readErrors(): Promise<void> {
    const before = this.imports;
    if (before?.kind !== 'result' || !before.more || this.readingErrors || this.closed) return;
    this.readingErrors = true;
    try {
      const page = await (
        await this.session.importResults()
      ).errors(this.id, {
        limit: errorsPage,
        after: this.nextErrors,
        count: this.nextErrors === undefined,
      });
      if (page.kind !== 'errors') {
        // What is known of it stays.
        this.tellImports({ ...before, problem: noResultText(page) });
        return;
      }
      this.nextErrors = page.next;
      const errors = [...before.errors, ...page.errors];
      const more = page.next !== undefined;
      this.tellImports({ ...before, errors, more, total: page.total ?? before.total, problem: undefined });
    } catch (error) {
      this.tellImports({ ...before, problem: messageOf(error) });
    } finally {
      this.readingErrors = false;
    }
  }

  private follow({ status, jobs }: Change): void {
    const { store, state } = this.session;
    const stored = store.job(this.id);
    const changed = this.stored !== stored || jobs.some((job) => job.id === this.id);
    if (!changed && !status) return;
    // What could not be read was brought by a refresh meanwhile.
    if ((stored ?? this.job) && (changed || state.status.kind === 'ready')) this.problem = undefined;
    this.update();
  }

  private update(): void {
    // A read may come back after the page was closed.
    if (this.closed) return;
    const { session } = this;
    const known = (this.stored = session.store.job(this.id));
    if (known) {
      this.job = known;
      this.gone = false;
    } else if (this.job && isActive(this.job)) this.gone = true;
    if (this.gone) {
      // One that is gone would be asked for at each refresh.
      this.unpin?.();
      this.unpin = undefined;
    }
    if (!this.job) {
      const problem = this.gone ? t('This job is not on {0}.', session.profile.name) : this.problem;
      if (problem !== undefined) this.post({ kind: 'unavailable', problem });
      return;
    }
    this.post({ kind: 'state', state: this.stateOf(this.job) });
    if (!this.askedPast) void this.readPast(this.job);
    const due = !this.imports || (this.imports === unfinished && !isActive(this.job));
    if (due && isImport(this.job)) void this.readImport(this.job);
  }

  private stateOf(job: Job): DetailsState {
    const { session } = this;
    const { name, url, label, color } = session.profile;
    const { status, clockOffset, cancels } = session.state;
    const stale =
      status.kind === 'stale' || status.kind === 'signInNeeded' ? status.failure.message : undefined;
    return {
      connection: { id: session.id, name, url, label, color },
      job,
      users: this.names,
      problem: this.problem ?? stale,
      cancelStatus: cancels.get(this.id)?.sentence,
      canCancel: !this.gone && session.refusal(job) === undefined,
      watched: session.watches(this.id),
      canWatch: !this.gone && isActive(job),
      cancelOff: session.profile.cancel === 'off',
      gone: this.gone,
      clockOffset,
    };
  }

  private async readPast(job: Job): Promise<void> {
    this.askedPast = true;
    try {
      const runs = await this.session.earlier(job);
      // What they said is not shown, and may be long.
      this.past = { runs: runs.map((run) => ({ ...run, message: undefined })) };
    } catch (error) {
      this.past = { runs: [], problem: messageOf(error) };
    }
    this.tell({ kind: 'past', past: this.past });
  }

  private async readImport(job: Job): Promise<void> {
    if (isActive(job)) {
      this.tellImports(unfinished);
      return;
    }
    this.tellImports({ kind: 'loading' });
    try {
      const results = await this.session.importResults();
      const summary = await results.summary(this.id);
      if (summary.kind !== 'summary') {
        this.tellImports(summary);
        return;
      }
      this.nextErrors = undefined;
      const none = summary.errorsCount === 0;
      this.tellImports({ kind: 'result', summary, errors: [], more: !none, total: summary.errorsCount });
      if (!none) await this.readErrors();
    } catch (error) {
      this.tellImports({ kind: 'problem', problem: messageOf(error) });
    }
  }

  private tellImports(imports: ImportState): void {
    this.imports = imports;
    this.tell({ kind: 'imports', imports });
  }

  private tell(message: ToPage): void {
    if (!this.closed) this.post(message);
  }
}
