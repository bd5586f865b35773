import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request as open, STATUS_CODES } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Random } from '../../src/demo/random';
import { close, listen } from './loopback';

/** What can go wrong with a request. */
export const faults = [
  /** The answer is late. */
  'delay',
  /** The line is cut at once; the instance never hears of the request. */
  'hangUp',
  /** The instance has done what it was asked, and the line is cut before its answer. */
  'cutBefore',
  /** The same in the middle of its answer. */
  'cutDuring',
  /** Half an answer that passes for a whole one. */
  'truncate',
  /** 500 or 503 in JSON, which repeats the `Authorization` that was sent. */
  'error',
  /** 429 with `Retry-After`. */
  'slowDown',
  /** A web page with status 200, and with 502. */
  'page',
  'errorPage',
] as const;
export type Fault = (typeof faults)[number];

/** After these nobody knows whether the instance did what it was asked. */
const lossy: readonly Fault[] = ['hangUp', 'cutBefore', 'cutDuring', 'truncate', 'error', 'errorPage'];

/** A request as it came from the extension, before anything went wrong with it. */
export interface Entry {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The job that it asks to cancel. */
  readonly cancels?: string;
  readonly fault?: Fault;
  /** The answer was lost on its way to the extension. */
  readonly lost: boolean;
  /** What the instance answered; undefined when it wasn't asked. */
  status?: number;
}

export interface FaultProxyOptions {
  /** The same seed spoils the same requests: the nth to an address, whatever comes in between. */
  readonly seed: number;
  readonly upstream: string;
  /** Who sends anything but `expected` is answered 401; the instance gets `instead`. */
  readonly authorization: { readonly expected: string; readonly instead: string };
}

export interface FaultProxy {
  readonly url: string;
  readonly entries: readonly Entry[];
  /** Whether anything goes wrong. */
  faulty: boolean;
  close(): Promise<void>;
}

/** How many requests are spoiled; of the few that cancel a job, more. */
const share = { any: 0.35, cancel: 0.6 };

/** Stands in front of an instance, counts what comes, and spoils some of it. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const entries: Entry[] = [];
  const seen = new Map<string, number>();
  const state = { faulty: false };

  /** The luck of the next request to an address. */
  const luckOf = (address: string) => {
    const nth = (seen.get(address) ?? 0) + 1;
    seen.set(address, nth);
    const digest = createHash('sha256').update(`${options.seed} ${address} ${nth}`).digest();
    return new Random(digest.readInt32LE());
  };

  const server = createServer((request, response) => {
    const { method = '', url = '/', headers, socket } = request;
    const luck = luckOf(`${method} ${url}`);
    const path = url.split('?', 1)[0] ?? '';
    const cancels = /^(?:DELETE|POST) .*\/jobs\/([\w-]+)(?:\/canceled)?$/.exec(`${method} ${path}`)?.[1];
    const drawn = luck.chance(cancels === undefined ? share.any : share.cancel) && luck.pick(faults);
    const fault = state.faulty && drawn ? drawn : undefined;
    const entry: Entry = {
      ...{ method, path, lost: fault !== undefined && lossy.includes(fault) },
      ...(cancels !== undefined && { cancels }),
      ...(fault && { fault }),
    };
    entries.push(entry);

    const answer = async () => {
      const body = await buffer(request);
      if (headers.authorization !== options.authorization.expected) return made(401, '{}');
      const served = fault === undefined || reaches(fault, luck);
      const real = served ? await ask(options, request, body) : undefined;
      if (real) entry.status = real.status;
      const said = spoiled(fault, luck, headers.authorization) ?? real;
      if (fault === 'delay') await later(luck.int(200, 1500));
      return said;
    };
    answer()
      .then((said) => {
        if (fault === 'hangUp' || fault === 'cutBefore' || !said) socket.destroy();
        else if (fault === 'cutDuring' || (fault === 'truncate' && said.body.length === 0))
          socket.write(half(raw(said)), () => socket.destroy());
        else {
          const body = fault === 'truncate' ? half(said.body) : said.body;
          response.writeHead(said.status, said.headers).end(body);
        }
      })
      .catch(() => socket.destroy());
  });
  const url = await listen(server);
  return {
    url,
    entries,
    get faulty() {
      return state.faulty;
    },
    set faulty(on) {
      state.faulty = on;
    },
    close: () => close(server),
  };
}

interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Whether the instance hears of a request. A gateway may give up before it does, or after. */
function reaches(fault: Fault, luck: Random): boolean {
  if (fault === 'error' || fault === 'errorPage') return luck.chance(0.5);
  return fault !== 'hangUp' && fault !== 'slowDown' && fault !== 'page';
}

/** What is said in place of the instance's answer; undefined: that one. */
function spoiled(fault: Fault | undefined, luck: Random, authorization: string): Said | undefined {
  const repeated = `Not now, ${authorization} (${Buffer.from(authorization.replace(/^\S+ /, ''), 'base64').toString()})`;
  if (fault === 'error') return made(luck.pick([500, 503]), JSON.stringify({ userMessage: repeated }));
  if (fault === 'slowDown') return made(429, '{}', { 'retry-after': '1' });
  const page = '<!doctype html><html><body><h1>Please wait</h1></body></html>';
  if (fault === 'page') return made(200, page, { 'content-type': 'text/html' });
  return fault === 'errorPage' ? made(502, page, { 'content-type': 'text/html' }) : undefined;
}

function made(status: number, text: string, headers: Said['headers'] = {}): Said {
  const body = Buffer.from(text);
  const usual = { 'content-type': 'application/json', 'content-length': String(body.length) };
  return { status, headers: { ...usual, ...headers }, body };
}

async function ask(
  { upstream, authorization }: FaultProxyOptions,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<Said> {
  const { host } = new URL(upstream);
  const passed = { ...headers, host, authorization: authorization.instead, connection: 'close' };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    open(upstream + (url ?? '/'), { method, headers: passed }, resolve)
      .on('error', reject)
      .end(body);
  });
  const { statusCode = 0 } = answer;
  const kept = ['content-type', 'date', 'x-request-id'].flatMap((name) => {
    const value = answer.headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return {
    status: statusCode,
    headers: Object.fromEntries(kept) as Said['headers'],
    body: await buffer(answer),
  };
}

/** An answer as it goes over the line. */
function raw({ status, headers, body }: Said): Buffer {
  const lines = Object.entries({ ...headers, 'content-length': String(body.length) });
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines.map((line) => line.join(': '))];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length >> 1);
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
