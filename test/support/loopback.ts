import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { Server as NetServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A request that arrived, as a test looks at it. */
export interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Loopback {
  readonly url: string;
  readonly arrived: Arrived[];
  close(): Promise<void>;
}

export type Handler = (request: Arrived, response: Parameters<RequestListener>[1]) => void;

/** A real HTTP server on 127.0.0.1 that answers as the test says and notes every request. */
export async function loopback(handler: Handler): Promise<Loopback> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { method = '', headers } = request;
      const entry = { method, path: pathname, query: searchParams, headers, body };
      arrived.push(entry);
      handler(entry, response);
    });
  });
  return { url: await listen(server), arrived, close: () => close(server) };
}

/** Opens a free port. `host` is one of this machine's own addresses. */
export async function listen(server: NetServer, host = '127.0.0.1'): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** Cuts what is open and waits until the port is free. */
export async function close(server: Pick<Server, 'close' | 'closeAllConnections'>): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Answers with JSON. */
export function json(response: Parameters<Handler>[1], body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
