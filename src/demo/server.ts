import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { badRequest, HttpError, type Answer, type Route } from './http';

const largestBody = 64 * 1024;

export interface ServerOptions {
  readonly routes: readonly Route[];
  readonly token: string;
  /** 0 is any free one. */
  readonly port: number;
  /** ms since the epoch; told in the `Date` header. */
  readonly now: () => number;
}

/** Listens on this machine only, and answers only who brings the token. */
export async function listen(options: ServerOptions): Promise<Server> {
  const server = createServer((request, response) => {
    void answerTo(request, options)
      .catch((error: unknown) => errorAnswer(error))
      .then((answer) => send(response, answer, options));
  });
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return server;
}

type FullAnswer = Answer & { readonly headers?: Readonly<Record<string, string>> };

async function answerTo(request: IncomingMessage, options: ServerOptions): Promise<FullAnswer> {
  checkHost(request);
  checkToken(request, options.token);
  const [path = '', query = ''] = splitOnce(request.url ?? '', '?');
  const here = options.routes.filter((route) => route.path.test(path));
  if (here.length === 0) throw new HttpError(404, 'notFound', 'There is nothing at this address.');
  const route = here.find(({ method }) => method === request.method);
  if (!route) {
    const allow = here.map(({ method }) => method).join(', ');
    throw new HttpError(405, 'methodNotAllowed', `This address answers ${allow} only.`, { Allow: allow });
  }
  const body = await readBody(request);
  const captures = route.path.exec(path)?.slice(1) ?? [];
  const contentType = request.headers['content-type'];
  return route.answer({ params: new URLSearchParams(query), body, contentType }, ...captures);
}

/** A web page that points its own name at 127.0.0.1 sends that name, and gets no answer. */
function checkHost(request: IncomingMessage): void {
  const port = (request.socket.address() as AddressInfo).port;
  const host = request.headers.host?.toLowerCase();
  if (host === `127.0.0.1:${port}` || host === `localhost:${port}`) return;
  throw new HttpError(403, 'wrongHost', 'This server answers to 127.0.0.1 and localhost only.');
}

function checkToken(request: IncomingMessage, token: string): void {
  const given = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  if (timingSafeEqual(digest(given), digest(token))) return;
  const message = 'You are not signed in, or the token is not valid.';
  throw new HttpError(401, 'unauthorized', message, { 'WWW-Authenticate': 'Bearer' });
}

/** What is beyond the bound is read and thrown away, so that the sender gets to hear why. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  if (size > largestBody) throw badRequest(`The request body may have ${largestBody} bytes at most.`);
  return size === 0 ? undefined : Buffer.concat(chunks).toString('utf8');
}

function errorAnswer(error: unknown): FullAnswer {
  const { status, errorCode, message, headers } =
    error instanceof HttpError ? error : new HttpError(500, 'internalError', 'The demo has failed.');
  const titleMessage = STATUS_CODES[status] ?? 'Error';
  const helpMessage = 'See the reference of the API for what is allowed.';
  const body = { statusCode: status, titleMessage, helpMessage, userMessage: message, errorCode };
  return { status, body, headers };
}

function send(response: ServerResponse, { status, body, headers }: FullAnswer, options: ServerOptions): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    Date: new Date(options.now()).toUTCString(),
    'X-Request-Id': randomUUID(),
    ...(text === '' ? {} : { 'Content-Type': 'application/json' }),
    ...(status === 204 ? {} : { 'Content-Length': Buffer.byteLength(text) }),
  });
  response.end(text);
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
