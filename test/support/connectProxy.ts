import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { close, listen } from './loopback';

export interface ConnectProxyOptions {
  /** What it asks for, as `user:password`; it lets everybody through without. */
  readonly credentials?: string;
  /** The status of its answer to every CONNECT. */
  readonly refuse?: number;
}

export interface ConnectProxy {
  /** Host and port, on 127.0.0.1. */
  readonly host: string;
  /** `host:port` of every CONNECT, in order. */
  readonly targets: string[];
  /** The addresses of requests that it could read: there must be none where an instance speaks https. */
  readonly readable: string[];
  close(): Promise<void>;
}

/** A proxy that passes on what it can't read, as those of companies do for https. */
export async function startConnectProxy(options: ConnectProxyOptions = {}): Promise<ConnectProxy> {
  const targets: string[] = [];
  const readable: string[] = [];
  const open = new Set<Socket>();
  const expected =
    options.credentials && `Basic ${Buffer.from(options.credentials, 'utf8').toString('base64')}`;
  const server = createServer((request, response) => {
    readable.push(request.url ?? '');
    response.writeHead(501).end();
  });
  const hold = (socket: Socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    // Either side may leave first.
    socket.on('error', () => socket.destroy());
  };
  server.on('connection', hold);
  server.on('connect', (request, client: Socket) => {
    targets.push(request.url ?? '');
    const { refuse } = options;
    if (refuse !== undefined) answer(client, refuse);
    else if (expected !== undefined && request.headers['proxy-authorization'] !== expected)
      answer(client, 407, 'Proxy-Authenticate: Basic realm="test"');
    else {
      const { hostname, port } = new URL(`http://${request.url}`);
      const onward = connect(Number(port), hostname, () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        client.pipe(onward).pipe(client);
      });
      hold(onward);
      onward.on('close', () => client.destroy());
    }
  });
  const { host } = new URL(await listen(server));
  return {
    host,
    targets,
    readable,
    close: async () => {
      for (const socket of open) socket.destroy();
      await close(server);
    },
  };
}

/** Refuses, and announces a page. VS Code hangs up on reading the head, so that no page but the shortest arrives. */
function answer(client: Socket, status: number, ...headers: readonly string[]): void {
  const head = [`HTTP/1.1 ${status} No`, 'Content-Type: text/html', 'Content-Length: 4000', ...headers];
  client.write(`${head.join('\r\n')}\r\n\r\n`);
}
