import { t } from '@vscode/l10n';
import type { FailureKind } from '../jobs/failure';

/** What an error code of Node's network and TLS layers means, and how to say it in a few words. */
interface Cause {
  readonly kind: FailureKind;
  readonly detail: string;
  /** What to do about it, where that differs within a kind. */
  readonly help?: string;
}

/** RFC 8446, 6.2: handshake_failure and certificate_required, which a server sends that wants a certificate of us. */
const wantsCertificate = new Set([40, 116]);
/** The same: bad, unsupported, revoked, expired, unknown; unknown authority; access denied. */
const refusesCertificate = new Set([42, 43, 44, 45, 46, 48, 49]);

/**
 * Reads the cause of a request that got no answer, or half of one. `code` is Node's, for example ECONNREFUSED, or
 * axios's: ERR_BAD_RESPONSE is an answer that broke off.
 */
export function causeOf(code: string | undefined, message: string): Cause {
  const alert = Number(/SSL alert number (\d+)/.exec(message)?.[1]);
  if (wantsCertificate.has(alert))
    return { kind: 'clientCertificate', detail: t('it asks for one, or for another one') };
  if (refusesCertificate.has(alert))
    return { kind: 'clientCertificate', detail: t('it refuses the one that is set') };
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { kind: 'unreachable', detail: t('no such host name') };
    case 'ECONNREFUSED':
      return { kind: 'unreachable', detail: t('connection refused') };
    case 'ECONNRESET':
    case 'EPIPE':
    case 'ECONNABORTED':
    case 'ERR_BAD_RESPONSE':
      return { kind: 'unreachable', detail: t('connection was cut') };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { kind: 'unreachable', detail: t('no route to it') };
    case 'ETIMEDOUT':
      return { kind: 'timeout', detail: t('no connection') };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return { kind: 'certificate', detail: t('self-signed'), help: nameAuthority() };
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return { kind: 'certificate', detail: t('unknown issuer'), help: nameAuthority() };
    case 'CERT_HAS_EXPIRED':
      return {
        kind: 'certificate',
        detail: t('expired'),
        help: t("Its administrator has to renew it. If it isn't old, check this machine's clock."),
      };
    case 'CERT_NOT_YET_VALID':
      return {
        kind: 'certificate',
        detail: t('not valid yet'),
        help: t("Check this machine's clock."),
      };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return {
        kind: 'certificate',
        detail: t('made for another host'),
        help: t('Check the address ("url" of the connection in the setting collibraJobs.connections).'),
      };
    case 'EPROTO':
      return { kind: 'unreachable', detail: t("it doesn't speak https at this port") };
  }
  if (code?.startsWith('ERR_SSL_'))
    return { kind: 'unreachable', detail: t("it doesn't speak https at this port") };
  if (code?.startsWith('CERT_')) return { kind: 'certificate', detail: code };
  if (code?.startsWith('HPE_'))
    return { kind: 'notCollibra', detail: t("it doesn't speak HTTP at this port") };
  // VS Code's proxy agent reports a refused CONNECT in words only.
  const proxies = /connection to proxies: (?:PROXY|HTTPS?|SOCKS\d?) (?:\S*@)?(\S+)/.exec(message);
  if (proxies?.[1]) return { kind: 'proxy', detail: t('no connection to {0}', proxies[1]) };
  if (/proxy/i.test(message))
    return { kind: 'proxy', detail: message.replace(/[^\s"'/]*@/g, '').slice(0, 120) };
  return { kind: 'unreachable', detail: code ?? t('no answer') };
}

function nameAuthority(): string {
  return t(
    'If it is one of your own, name the file of the authority that signs it as "caFile" of the connection (setting collibraJobs.connections).',
  );
}
