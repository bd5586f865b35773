import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { listen } from './loopback';

const root = resolve(import.meta.dirname, '../..');

export interface Prism {
  readonly url: string;
  stop(): Promise<void>;
}

export function contractFile(name: string): string {
  return join(root, 'test/contracts', `${name}.openapi.json`);
}

/**
 * Starts Prism, a server that this project didn't write, over a contract. `mock` answers by itself with random
 * values; `proxy` passes on to `upstream` and answers 500 where that breaks the contract.
 */
export async function startPrism(
  contract: string,
  mode: 'mock' | { readonly upstream: string },
): Promise<Prism> {
  const port = await freePort();
  const args = mode === 'mock' ? ['mock', '--dynamic'] : ['proxy'];
  const operands = mode === 'mock' ? [contractFile(contract)] : [contractFile(contract), mode.upstream];
  const cli = join(root, 'node_modules/@stoplight/prism-cli/dist/index.js');
  const child = spawn(
    process.execPath,
    [cli, ...args, '--errors', '--multiprocess', 'false', '-h', '127.0.0.1', '-p', String(port), ...operands],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  await new Promise<void>((ready, failed) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('Prism is listening')) ready();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => failed(new Error(`Prism ended with code ${code}: ${printed}`)));
  });
  child.removeAllListeners('exit');
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((stopped) => {
        child.once('exit', () => stopped());
        child.kill();
      }),
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = new URL(await listen(server));
  await new Promise((closed) => server.close(closed));
  return Number(port);
}
