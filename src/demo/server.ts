import { createHash, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { badRequest, HttpError, type Answer, type Routes } from './http';
import type { World } from './world';

const largestBody = 64 * 1024;

export interface ServerOptions {
  readonly routes: Routes;
  /** As far as the clock is. */
  readonly world: () => World;
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
      .catch(errorAnswer)
      .then(({ status, body, headers }) => {
        response.statusCode = status;
        response.setHeaders(new Map(Object.entries({ ...headers, 'X-Request-Id': randomUUID() })));
        response.setHeader('Date', new Date(options.now()).toUTCString());
        if (body !== undefined) response.setHeader('Content-Type', 'application/json');
        response.end(body === undefined ? undefined : JSON.stringify(body));
      });
  });
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  return server;
}

async function answerTo(request: IncomingMessage, { routes, world, token }: ServerOptions): Promise<Answer> {
  checkHost(request);
  checkToken(request, token);
  // At the first question mark; there may be more in the query.
  const [path = '', query] = (request.url ?? '').split(/\?(.*)/s);
  const here = Object.entries(routes).flatMap(([route, answer]) => {
    const [method = '', pattern = ''] = route.split(' ');
    const source = pattern.replaceAll('.', '\\.').replace(':id', '([^/]+)');
    const found = new RegExp(`^${source}$`).exec(path);
    return found ? [{ method, id: found[1] ?? '', answer }] : [];
  });
  if (here.length === 0) throw new HttpError(404, 'notFound', 'There is nothing at this address.');
  const route = here.find(({ method }) => method === request.method);
  if (!route) {
    const allow = here.map(({ method }) => method).join(', ');
    throw new HttpError(405, 'methodNotAllowed', `This address answers ${allow} only.`, { Allow: allow });
  }
  const body = await readBody(request);
  const contentType = request.headers['content-type'];
  const params = new URLSearchParams(query);
  return route.answer({ params, id: route.id, body, contentType, world: world() });
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

function errorAnswer(error: unknown): Answer {
  const { status, errorCode, message, headers } =
    error instanceof HttpError ? error : new HttpError(500, 'internalError', 'The demo has failed.');
  const titleMessage = STATUS_CODES[status] ?? 'Error';
  const helpMessage = 'See the reference of the API for what is allowed.';
  const body = { statusCode: status, titleMessage, helpMessage, userMessage: message, errorCode };
  return { status, body, headers };
}
