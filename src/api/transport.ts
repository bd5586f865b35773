import type * as Http1 from 'node:http';
import type * as Http1Secure from 'node:https';
import { isIP, type Socket } from 'node:net';
import { createRequire } from 'node:module';
import { checkServerIdentity, type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { t } from '@vscode/l10n';
import { causeOf } from './causes';
import { CollibraError, type Circumstances } from './errors';
import type { Log } from './log';
import { redact } from './redact';
import { explain, looksLikeSignIn } from './refusal';

/** VS Code puts the person's proxy and certificates into these two as `require` gives them, by these very names. */
const require = createRequire(import.meta.url);
const http = require('http') as typeof Http1;
const https = require('https') as typeof Http1Secure;

const defaultTimeout = 30_000;
/** Bytes after decompression. A page of 1,000 jobs with long messages has a few million. */
const largestAnswer = 64 * 1024 * 1024;

export interface TransportOptions {
  /** Name of the connection, for sentences. */
  readonly instance: string;
  /** Where Collibra opens in a browser, for example `https://acme.collibra.com`. */
  readonly url: string;
  readonly log: Log;
  /** Certificates of the connection itself; those of VS Code and of the system without. */
  readonly tls?: SecureContext;
  /** What no sentence may repeat, besides the `Authorization` that is sent. */
  readonly secrets?: readonly string[];
  /** Milliseconds for one request, its answer included. */
  readonly timeout?: number;
}

export interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the instance's address, for example `/rest/2.0/jobs`. */
  readonly path: string;
  /** A list repeats its key; undefined is left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  /** Sent as JSON, or as a form when it is one. It is never logged. */
  readonly body?: object;
  readonly signal?: AbortSignal;
  /** The request is about one job, whose absence is ordinary. */
  readonly job?: boolean;
  /** Told as soon as an answer begins, whatever it is; not of a proxy's refusal. */
  onPeer?(peer: Peer): void;
}

export interface Answer {
  readonly status: number;
  /** The parsed JSON, undefined when the answer was empty. */
  readonly body: unknown;
  /** The server's clock, ms since the epoch; HTTP `Date`. */
  readonly serverTime?: number;
}

/** Who is at the other end of the line. */
export interface Peer {
  /** Of the machine that the connection goes to, which may be a proxy's. */
  readonly address: string;
  readonly port: number;
  /** The certificate that was shown, and accepted. */
  readonly certificate?: { readonly subject: string; readonly issuer: string; readonly validTo: Date };
}

let transports = 0;
let requests = 0;

/** Sends the requests of one connection: certificates, limits, log, and every failure as a `CollibraError`. */
export class Transport {
  private readonly client: AxiosInstance;
  private readonly host: string;
  private readonly secure: boolean;
  /** What each request takes along besides its own options. */
  private readonly secured: Http1Secure.RequestOptions;

  constructor(private readonly options: TransportOptions) {
    this.host = new URL(options.url).host;
    this.secure = options.url.startsWith('https:');
    this.secured = securedBy(options);
    this.client = axios.create({
      baseURL: options.url.replace(/\/+$/, ''),
      adapter: 'http',
      proxy: false,
      maxRedirects: 0,
      maxContentLength: largestAnswer,
      maxBodyLength: 1024 * 1024,
      responseType: 'text',
      transformResponse: (text: unknown) => text,
      validateStatus: () => true,
      paramsSerializer: { indexes: null },
      headers: { Accept: 'application/json', 'User-Agent': 'jobs-for-collibra' },
    });
  }

  /** Resolves with a 2xx answer in JSON, or an empty one; rejects with a `CollibraError` or an abort. */
  async send(request: Request, authorization?: string): Promise<Answer> {
    request.signal?.throwIfAborted();
    const id = ++requests;
    const started = performance.now();
    const deadline = this.deadline(request.signal);
    const { log } = this.options;
    let refusal: CollibraError | undefined;
    try {
      const response = await this.client.request<string>({
        method: request.method,
        url: request.path,
        params: request.query,
        data: request.body,
        signal: deadline.signal,
        headers: authorization === undefined ? {} : { Authorization: authorization },
        transport: this.onTheWay(({ socket, statusCode = 0 }) => {
          // Over https only a proxy that refuses to connect answers in the clear, and its page may be cut short.
          if (!this.secure || isEncrypted(socket)) request.onPeer?.(peerOf(socket));
          else refusal = this.error('proxy', { status: statusCode, detail: proxyAnswer(statusCode) });
        }),
      });
      const bytes = Buffer.byteLength(response.data);
      log.trace(
        `#${id} ${request.method} ${request.path} ${describeQuery(request.query)} → ${response.status}, ` +
          `${Math.round(performance.now() - started)} ms, ${bytes} bytes`,
      );
      if (refusal) throw refusal;
      return this.read(response, request, authorization);
    } catch (error) {
      const failure = this.failure(refusal ?? error, request, deadline.expired());
      if (failure instanceof CollibraError)
        log.debug(`#${id} ${request.method} ${request.path} failed: ${failure.kind}, ${failure.message}`);
      throw failure;
    } finally {
      deadline.dispose();
    }
  }

  /** Node's own way to send, with the connection's certificates, which tells of an answer as it begins. */
  private onTheWay(tell: (response: Http1.IncomingMessage) => void) {
    const { request } = this.secure ? https : http;
    return {
      request: (options: Http1Secure.RequestOptions, answered: (response: Http1.IncomingMessage) => void) =>
        request({ ...options, ...this.secured }, (response) => {
          tell(response);
          answered(response);
        }),
    };
  }

  private read(response: AxiosResponse<string>, request: Request, authorization = ''): Answer {
    const { status, data } = response;
    if (status < 200 || status > 299) {
      const secrets = [...(this.options.secrets ?? []), authorization.replace(/^\S+ /, '')];
      const { kind, circumstances } = explain(response, this.options.url, (said) => redact(said, secrets));
      throw this.error(kind, { ...circumstances, job: request.job });
    }
    const date = Date.parse(header(response, 'date') ?? '');
    const serverTime = Number.isNaN(date) ? undefined : date;
    if (data.trim() === '') return { status, body: undefined, serverTime };
    try {
      return { status, body: JSON.parse(data) as unknown, serverTime };
    } catch {
      if (looksLikeSignIn(data)) throw this.error('singleSignOn', { status });
      if (/^\s*</.test(data)) throw this.error('notCollibra', { status, detail: t('a web page') });
      if (!/^\s*[{[]/.test(data)) throw this.error('notCollibra', { status, detail: t('no JSON') });
      throw this.error('badAnswer', { status, detail: t('broken JSON') });
    }
  }

  /** What the caller gets for anything that was thrown on the way. */
  private failure(error: unknown, request: Request, expired: boolean): unknown {
    if (error instanceof CollibraError) return error;
    if (request.signal?.aborted) return request.signal.reason;
    if (expired) return this.error('timeout', { job: request.job }, error);
    const { code, message } = error as { code?: string; message: string };
    if (code === 'ERR_BAD_RESPONSE' && message.includes('maxContentLength'))
      return this.error('badAnswer', { detail: t('too large') });
    // What zlib says of a compressed answer that is broken.
    if (code?.startsWith('Z_')) return this.error('badAnswer', { detail: t('broken compression') });
    const { kind, ...circumstances } = causeOf(networkCode(error), message);
    return this.error(kind, circumstances, error);
  }

  /** An error of this connection, for what only an adapter can see. */
  error(
    kind: CollibraError['kind'],
    circumstances: Omit<Circumstances, 'instance' | 'host'> = {},
    cause?: unknown,
  ): CollibraError {
    // axios's own error holds the request with its Authorization; only its code may travel further.
    const code = cause === undefined ? undefined : networkCode(cause);
    return new CollibraError(
      kind,
      { instance: this.options.instance, host: this.host, ...circumstances },
      code,
    );
  }

  /** One signal for the caller's wish and the time limit, released when the request is over. */
  private deadline(caller: AbortSignal | undefined) {
    const controller = new AbortController();
    let expired = false;
    const timer = setTimeout(() => {
      expired = true;
      controller.abort();
    }, this.options.timeout ?? defaultTimeout);
    const abort = () => controller.abort();
    caller?.addEventListener('abort', abort);
    return {
      signal: controller.signal,
      expired: () => expired,
      dispose: () => {
        clearTimeout(timer);
        caller?.removeEventListener('abort', abort);
      },
    };
  }
}

/** How the instance's certificate is compared with its name, and which certificates the connection has of its own. */
function securedBy({ url, tls }: TransportOptions): Http1Secure.RequestOptions {
  const hostname = new URL(url).hostname.replace(/^\[|\]$/g, '');
  // Behind a proxy VS Code would compare the certificate of an instance that is named by its IP with "localhost".
  // Elsewhere no check of our own: for one that has it, Node resumes no session.
  const identity = isIP(hostname) !== 0 && {
    checkServerIdentity: (_asked: string, shown: PeerCertificate) => checkServerIdentity(hostname, shown),
  };
  // Node resumes TLS sessions by their names, of which this is a part and the certificates are none: a session of
  // another connection is one that others trust, or that somebody else's certificate opened.
  const own = tls && { secureContext: tls, sessionIdContext: String(++transports) };
  return { ...identity, ...own };
}

function header(response: AxiosResponse, name: string): string | undefined {
  const value: unknown = response.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isEncrypted(socket: Socket): socket is TLSSocket {
  return 'encrypted' in socket && socket.encrypted === true;
}

function peerOf(socket: Socket): Peer {
  const { remoteAddress: address = '', remotePort: port = 0 } = socket;
  if (!isEncrypted(socket)) return { address, port };
  const { subject, issuer, valid_to: validTo } = socket.getPeerCertificate();
  const name = (of: typeof subject | undefined) => [of?.CN ?? of?.O ?? t('no name')].flat().join(', ');
  const certificate = { subject: name(subject), issuer: name(issuer), validTo: new Date(validTo) };
  return { address, port, certificate };
}

function proxyAnswer(status: number): string {
  return status === 407 ? t('it asks for a user and a password') : t('it answered with status {0}', status);
}

/** Node's code of what went wrong below HTTP, for example ECONNREFUSED; axios hides it in `cause`. */
function networkCode(error: unknown): string | undefined {
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown[] };
  const inner = cause ?? errors?.[0];
  if (inner !== undefined && inner !== error) {
    const found = networkCode(inner);
    if (found !== undefined) return found;
  }
  return typeof code === 'string' ? code : undefined;
}

/** The parameters of a request for the log. None of them is secret. */
function describeQuery(query: Request['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return given.map(([key, value]) => `${key}=${String(value)}`).join(' ');
}
