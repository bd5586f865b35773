import { createHash } from 'node:crypto';
import { t } from '@vscode/l10n';
import type { CollibraError } from '../api/errors';
import { Latch, type Latches } from '../api/latch';
import type { OpenOptions } from '../api/open';
import type { Failure } from '../jobs/failure';
import type { Disposable } from '../jobs/emitter';
import type { Profile } from './profile';
import type { Refusals } from './refusals';
import type { StoredSecret } from './secrets';

export interface AccessOptions {
  /** Where the secret comes from, and where it is noted that the server refused it. */
  readonly secrets: {
    get(owner: Profile): Promise<StoredSecret | undefined>;
    reject(owner: Profile, secret: StoredSecret): Promise<void>;
    isRefused(secret: StoredSecret): boolean;
  };
  /** Those of this window. */
  readonly latches: Latches;
  /** The turns that windows take with a secret which isn't accepted yet. */
  readonly refusals: Pick<Refusals, 'alone'>;
}

/** The secret of a connection, as long as it may be sent. */
export class Access {
  private latch?: Latch;
  private latched?: Disposable;
  /** The person gave the secret anew: what was known of it counts no more. */
  private renewed = false;
  /** Names the secret that was taken last; undefined before, and when there is to be another one. */
  stamp?: string;

  constructor(
    private readonly profile: Profile,
    private readonly options: AccessOptions,
    /** Called once for a secret; nothing is sent with it from then on. */
    private readonly onRejected: (failure: Failure) => void,
  ) {}

  /** The instance refused the secret: it isn't sent again. */
  get refused(): boolean {
    return this.latch?.isRejected ?? false;
  }

  /** Rejects with kind `signInNeeded` while there is none that may be sent. */
  async secret(): Promise<Required<Pick<OpenOptions, 'credentials' | 'latch'>>> {
    const secret = await this.options.secrets.get(this.profile);
    if (!secret)
      throw await failureOf(this.profile, 'signInNeeded', t('no secret is stored on this machine'));
    this.stamp = secret.stamp;
    if (secret.rejected || this.refused) throw await this.refusal();
    return { credentials: secret.credentials, latch: this.latchOf(secret) };
  }

  /** There is a new secret, which hasn't been tried. */
  renew(): void {
    this.dispose();
    this.renewed = true;
    this.stamp = undefined;
  }

  /** A late answer to a secret that was replaced says nothing of the new one. */
  dispose(): void {
    this.latched?.dispose();
    this.latch = undefined;
  }

  private latchOf(secret: StoredSecret): Latch {
    const { profile, options } = this;
    const account = [profile.url, profile.auth, profile.username ?? profile.clientId ?? profile.id].join(' ');
    const others = {
      alone: <T>(work: () => Promise<T>) => options.refusals.alone(account, work),
      refused: () => (options.secrets.isRefused(secret) ? this.refusal() : undefined),
    };
    // No secret stands in memory for longer than it is used.
    const secretText = JSON.stringify([profile.url, secret.credentials]);
    const key = createHash('sha256').update(secretText).digest('hex');
    const latch = options.latches.of(key, this.renewed, () => new Latch(others));
    this.renewed = false;
    if (latch === this.latch) return latch;
    this.dispose();
    this.latch = latch;
    // Noted also when the session ended meanwhile. Where another window was refused, that one has noted it.
    latch.onRejected(({ status }) => {
      // The latch itself remembers where nothing can be stored.
      if (status !== undefined) options.secrets.reject(profile, secret).catch(() => undefined);
    });
    this.latched = latch.onRejected((failure) => this.onRejected(failure));
    return latch;
  }

  private refusal(): Promise<CollibraError> {
    return failureOf(this.profile, 'signInNeeded', t('it refused the stored secret'));
  }
}

/** A failure of a connection for which nothing was sent. Its sentences are loaded when the first is needed. */
export async function failureOf(
  { name, url }: Profile,
  kind: CollibraError['kind'],
  detail?: string,
): Promise<CollibraError> {
  const { CollibraError } = await import('../api/errors');
  return new CollibraError(kind, { instance: name, host: new URL(url).host, detail });
}
