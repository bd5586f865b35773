import type { AxiosResponse } from 'axios';
import { t } from '@vscode/l10n';
import type { FailureKind } from '../jobs/failure';
import { oneLine } from '../jobs/format';
import type { Circumstances } from './errors';

const longestReason = 300;
/** Whole words only: "Processor" is no single sign-on. */
const signInWords = /\b(sso|saml2?|sign-?in|log-?in|oauth2?|auth)\b/i;
/** A day, ms: what asks for more is asked again before. */
const longestWait = 24 * 3_600_000;

/** Reads an answer whose status is not 2xx: what kind of failure it is, and what the server says of it, clean. */
export function explain(
  response: AxiosResponse<string>,
  url: string,
  clean: (text: string) => string,
): { kind: FailureKind; circumstances: Omit<Circumstances, 'instance' | 'host'> } {
  const { status } = response;
  // Cleaned before it is shortened: half a secret would not be found.
  const text = (value: unknown) => (typeof value === 'string' ? shown(clean(value)) : undefined);
  const location = header(response, 'location');
  const circumstances = {
    status,
    ...serverSays(response.data, text),
    requestId: text(response.headers['x-request-id']),
    retryAfter: retryAfter(header(response, 'retry-after')),
  };
  if (status >= 300 && status < 400) {
    const target = location === undefined ? undefined : parseUrl(location, url);
    const elsewhere = target !== undefined && target.origin !== new URL(url).origin;
    const detail = target && t('it redirects to {0}', text(target.origin + target.pathname) ?? '');
    const { hostname, protocol } = new URL(url);
    const secured = target?.hostname === hostname && target.protocol === 'https:' && protocol === 'http:';
    if (looksLikeSignIn(response.data) || signInWords.test(target?.pathname ?? '') || (elsewhere && !secured))
      return { kind: 'singleSignOn', circumstances };
    return { kind: 'notCollibra', circumstances: { ...circumstances, detail } };
  }
  if (status === 401) return { kind: 'signInNeeded', circumstances };
  if (/No required SSL certificate|SSL certificate error/i.test(response.data))
    return { kind: 'clientCertificate', circumstances: { ...circumstances, detail: t('it asks for one') } };
  if (looksLikeSignIn(response.data)) return { kind: 'singleSignOn', circumstances };
  return { kind: kindOf(status), circumstances };
}

/** Whether the text is a web page that asks a person to sign in. */
export function looksLikeSignIn(body: string): boolean {
  return (
    /^\s*<(!doctype|html|\?xml|head|body|form)/i.test(body) && (/<form/i.test(body) || signInWords.test(body))
  );
}

function kindOf(status: number): FailureKind {
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'notFound';
  if (status === 407) return 'proxy';
  if (status === 408 || status === 504) return 'timeout';
  if (status === 409) return 'conflict';
  if (status === 429) return 'rateLimited';
  if (status >= 500) return 'server';
  return 'unsupported';
}

/** The fields of Collibra's error body that help; any of them may be missing. */
function serverSays(
  body: string,
  text: (value: unknown) => string | undefined,
): { userMessage?: string; errorCode?: string } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return {};
  }
  if (typeof parsed !== 'object' || parsed === null) return {};
  const said = parsed as Record<string, unknown>;
  return {
    // The last ones are those of RFC 6749, with which a token endpoint refuses.
    userMessage: text(said['userMessage']) ?? text(said['titleMessage']) ?? text(said['error_description']),
    errorCode: text(said['errorCode']) ?? text(said['error']),
  };
}

/** Milliseconds from `Retry-After`, which is in seconds or a date. */
function retryAfter(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(wait) ? undefined : Math.min(longestWait, Math.max(0, wait));
}

function header({ headers }: AxiosResponse, name: string): string | undefined {
  const value: unknown = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function parseUrl(location: string, base: string): URL | undefined {
  return URL.canParse(location, base) ? new URL(location, base) : undefined;
}

/** A server's text on one line and of bearable length; undefined when there is none to show. */
function shown(value: string): string | undefined {
  const line = oneLine(value, longestReason).trim();
  return line === '' || /^(null(: )?)+$/.test(line) ? undefined : line;
}
