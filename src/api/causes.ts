import { t } from '@vscode/l10n';
import type { FailureKind } from '../jobs/failure';

/** What an error code of Node's network and TLS layers means, and how to say it in a few words. */
interface Cause {
  readonly kind: FailureKind;
  readonly detail: string;
}

/** Reads the cause of a request that got no answer. `code` is Node's, for example ECONNREFUSED. */
export function causeOf(code: string | undefined, message: string): Cause {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { kind: 'unreachable', detail: t('no such host name') };
    case 'ECONNREFUSED':
      return { kind: 'unreachable', detail: t('connection refused') };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
      return { kind: 'unreachable', detail: t('connection was cut') };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { kind: 'unreachable', detail: t('no route to it') };
    case 'ETIMEDOUT':
      return { kind: 'timeout', detail: t('no connection') };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return { kind: 'certificate', detail: t('self-signed') };
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return { kind: 'certificate', detail: t('unknown issuer') };
    case 'CERT_HAS_EXPIRED':
      return { kind: 'certificate', detail: t('expired') };
    case 'CERT_NOT_YET_VALID':
      return { kind: 'certificate', detail: t('not valid yet') };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { kind: 'certificate', detail: t('made for another host') };
    case 'EPROTO':
      return { kind: 'unreachable', detail: t("it doesn't speak https at this port") };
  }
  if (code?.startsWith('CERT_')) return { kind: 'certificate', detail: code };
  if (code?.startsWith('HPE_'))
    return { kind: 'notCollibra', detail: t("it doesn't speak HTTP at this port") };
  // VS Code's proxy agent reports a refused CONNECT in words only.
  if (/proxy/i.test(message)) return { kind: 'proxy', detail: message.slice(0, 120) };
  return { kind: 'unreachable', detail: code ?? t('no answer') };
}
