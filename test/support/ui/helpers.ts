import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Evaluation, Outcome, Registration } from '../helper/protocol';

/** Knows the helper extension in each window. */
export class Helpers {
  readonly #waiting = new Map<string, (registration: Registration) => void>();
  readonly #path = `/${randomBytes(16).toString('hex')}`;
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      if (request.method !== 'POST' || request.url !== this.#path) {
        response.writeHead(404).end();
        return;
      }
      void text(request).then((body) => {
        const registration = JSON.parse(body) as Registration;
        this.#waiting.get(registration.folder)?.(registration);
        response.end();
      });
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** Where a helper says that its extension host has started. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#path}`;
  }

  /** The next extension host that starts for this folder. Ask before it is made to start. */
  next(folder: string): Promise<Registration> {
    return new Promise((resolve) => this.#waiting.set(folder, resolve));
  }
}

/** Calls a function, which may use nothing around it, in the extension host. */
export async function evaluateIn(host: Registration, source: string, argument: unknown): Promise<unknown> {
  const body: Evaluation = { source, argument };
  const response = await fetch(`http://127.0.0.1:${host.port}/`, {
    method: 'POST',
    headers: { authorization: host.token },
    body: JSON.stringify(body),
  });
  const outcome = (await response.json()) as Outcome;
  if ('error' in outcome) throw new Error(`In the extension host: ${outcome.error}`);
  return outcome.value;
}
