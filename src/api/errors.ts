import { t } from '@vscode/l10n';
import type { Failure, FailureKind } from '../jobs/failure';

/** What is known of a failed request. All of it may be shown or logged: nothing here is secret. */
export interface Circumstances {
  /** Name of the connection. */
  readonly instance: string;
  /** Host and port that were asked. */
  readonly host: string;
  /** The cause in a few words, for example "connection refused". */
  readonly detail?: string;
  readonly status?: number;
  /** Core REST 2.0 and Job API v1 `errorCode`. */
  readonly errorCode?: string;
  /** The server's own sentence for the person; `userMessage`. */
  readonly userMessage?: string;
  /** The server's name for the request, for its administrators. */
  readonly requestId?: string;
  /** Milliseconds; HTTP `Retry-After`. */
  readonly retryAfter?: number;
  /** What to do about it, where that depends on more than the kind; a sentence. */
  readonly help?: string;
  /** Set when the request was about one job, whose absence is ordinary. */
  readonly job?: boolean;
}

/** Every failure of a request, with the sentence for the person as its `message`. */
export class CollibraError extends Error implements Failure {
  override readonly name = 'CollibraError';
  readonly status?: number;
  readonly errorCode?: string;
  readonly userMessage?: string;
  readonly requestId?: string;
  readonly retryAfter?: number;

  constructor(
    readonly kind: FailureKind,
    circumstances: Circumstances,
    cause?: unknown,
  ) {
    super(sentence(kind, circumstances), { cause });
    this.status = circumstances.status;
    this.errorCode = circumstances.errorCode;
    this.userMessage = circumstances.userMessage;
    this.requestId = circumstances.requestId;
    this.retryAfter = circumstances.retryAfter;
  }
}

/** The sentence for a kind of failure: what happened, where, what to do next. */
export function sentence(kind: FailureKind, c: Circumstances): string {
  const reason =
    c.userMessage ?? c.detail ?? (c.status === undefined ? undefined : t('status {0}', c.status));
  const said = reason ? t(': {0}', reason.replace(/[.\s]+$/, '')) : '';
  switch (kind) {
    case 'unreachable':
      return t(
        "{0} can't be reached at {1}{2}. Check the address and your network.",
        c.instance,
        c.host,
        said,
      );
    case 'timeout':
      return t(
        "{0} didn't answer in time{1}. It may be busy, or a firewall may be in between.",
        c.instance,
        said,
      );
    case 'certificate':
      return t(
        "The certificate of {0} isn't trusted{1}. {2}",
        c.instance,
        said,
        c.help ?? t('Ask its administrator which certificate authority signs it.'),
      );
    case 'clientCertificate':
      return t(
        "{0} can't be reached for its client certificate{1}. {2}",
        c.instance,
        said,
        c.help ?? t('Check "certFile" and "keyFile" of the connection (setting collibraJobs.connections).'),
      );
    case 'proxy':
      return t('The proxy in front of {0} refused{1}. Check the setting http.proxy.', c.instance, said);
    case 'off':
      return t('{0} is switched off. Switch it on first.', c.instance);
    case 'guarded':
      return t(
        '{0} was not asked to cancel{1}. Its guard is "cancel" of the connection (setting collibraJobs.connections).',
        c.instance,
        said,
      );
    case 'signInNeeded':
      // Without a status nothing was sent.
      if (c.status === undefined) return t('Sign in to {0}{1}.', c.instance, said);
      return t(
        '{0} did not accept the sign-in{1}. Sign in again.',
        c.instance,
        c.userMessage === undefined ? '' : said,
      );
    case 'singleSignOn':
      return t(
        '{0} answered with a single sign-on page{1}. Use a kind of sign-in that its API accepts, such as a bearer token.',
        c.instance,
        said,
      );
    case 'forbidden':
      return t("{0} doesn't permit this{1}. Ask its administrator for the permission.", c.instance, said);
    case 'notFound':
      return c.job
        ? t('This job is no longer on {0}{1}.', c.instance, said)
        : t('{0} has no jobs API at this address{1}. Check the address.', c.instance, said);
    case 'conflict':
      return t("{0} can't do this now{1}. Refresh to see what changed.", c.instance, said);
    case 'rateLimited':
      return t('{0} asks to slow down{1}. It is asked again later.', c.instance, said);
    case 'server':
      return t('{0} had a problem of its own{1}. Try again later.', c.instance, said);
    case 'notCollibra':
      return t(
        "{0} answered with something that isn't Collibra's{1}. Check the address: it is the one that Collibra opens at in a browser, without a path.",
        c.instance,
        said,
      );
    case 'badAnswer':
      return t("{0} sent an answer that can't be read{1}. Show the log for details.", c.instance, said);
    case 'unsupported':
      return t("{0} can't do this{1}.", c.instance, said);
  }
}
