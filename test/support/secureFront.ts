import { request, type IncomingMessage } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import { close, listen } from './loopback';

export interface SecureFront {
  /** For example `https://127.0.0.2:4711`. */
  readonly url: string;
  /** Host and port. */
  readonly host: string;
  /** The headers of every request that came through, in order. */
  readonly arrived: IncomingMessage['headers'][];
  close(): Promise<void>;
}

/**
 * Stands in front of an http server and speaks https. It listens on 127.0.0.2: for 127.0.0.1 VS Code takes neither
 * a proxy nor the ways that it takes to any other machine.
 */
export async function secureFront(upstream: string, options: ServerOptions): Promise<SecureFront> {
  const arrived: SecureFront['arrived'] = [];
  const server = createServer(options, (incoming, response) => {
    const { method, headers } = incoming;
    arrived.push(headers);
    const target = new URL(incoming.url ?? '/', upstream);
    const onward = request(target, { method, headers: { ...headers, host: target.host } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  const { host } = new URL(await listen(server, '127.0.0.2'));
  return { url: `https://${host}`, host, arrived, close: () => close(server) };
}
