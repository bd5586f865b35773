import { t } from '@vscode/l10n';
import type { Log } from '../api/log';
import { Cancellation, type CancelRequest, type KeptCancels } from '../jobs/cancellation';
import { systemClock } from '../jobs/clock';
import type { Job } from '../jobs/job';
import type { JobsApi } from '../jobs/query';
import type { Store } from '../jobs/store';
import { failureOf } from './access';
import { markedName, type Profile } from './profile';

export interface CancelsOptions {
  readonly log: Log;
  /** The cancels whose end isn't known, by the id of the connection; they outlive the window. */
  readonly cancels: {
    get(id: string): KeptCancels | undefined;
    set(id: string, cancels: KeptCancels | undefined): void;
  };
  /** Tells how a cancel ended that a person asked for; a sentence. */
  tell(sentence: string, refused: boolean): void;
}

/** How a job is to be canceled. */
export interface CancelOptions extends CancelRequest {
  readonly signal?: AbortSignal;
}

/** The session whose jobs are canceled. */
interface Owner {
  readonly profile: Profile;
  readonly store: Store;
  api(): Promise<JobsApi>;
  read(id: string): Promise<Job | undefined>;
}

/** The cancels of one session, behind its guard. Loaded with the first one, or where the window before left some. */
export class Cancels {
  private readonly cancellation: Cancellation;

  constructor(
    private readonly owner: Owner,
    private readonly options: CancelsOptions,
    private readonly life: AbortSignal,
  ) {
    const { profile, store } = owner;
    this.cancellation = new Cancellation({
      clock: systemClock,
      store,
      instance: () => markedName(owner.profile),
      signal: life,
      send: (...request) => this.send(...request),
      read: (id) => owner.read(id),
      kept: {
        get: () => options.cancels.get(profile.id),
        set: (cancels) => options.cancels.set(profile.id, cancels),
      },
      tell: (...told) => options.tell(...told),
    });
  }

  /** See `Session.cancel`. */
  async cancel(id: string, { signal = this.life, ...request }: CancelOptions): Promise<void> {
    await this.guard(request);
    const outcome = await this.cancellation.ask(id, request, signal);
    if (outcome === undefined) throw await this.error('conflict', t('it is being canceled already'));
    if (outcome === 'finishedFirst') throw await this.error('conflict', t('it has already finished'));
  }

  private async send(
    id: string,
    request: CancelRequest,
    signal: AbortSignal,
    sending: () => void,
  ): Promise<void> {
    // What is sent again passes it too.
    await this.guard(request);
    const { message } = request;
    const api = await this.owner.api();
    await api.cancel(id, message === '' ? undefined : message, signal, sending);
    this.options.log.info(`${this.owner.profile.name}: cancel of job ${id} was accepted`);
  }

  private async guard({ byName }: CancelRequest): Promise<void> {
    const { cancel } = this.owner.profile;
    // Somebody was asked meanwhile: another guard may hold now.
    if (this.life.aborted) throw await this.error('guarded', t('the connection was changed meanwhile'));
    if (cancel === 'off') throw await this.error('guarded', t('that is switched off'));
    if (cancel === 'confirmByName' && !byName)
      throw await this.error('guarded', t('that has to be confirmed by typing its name'));
  }

  private error(kind: 'conflict' | 'guarded', detail: string): Promise<Error> {
    return failureOf(this.owner.profile, kind, detail);
  }
}
