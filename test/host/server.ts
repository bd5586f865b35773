import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { InstalledHost } from './install';
import { run, startProcess } from './processes';

/** What keeps everybody else out: VS Code's connection token, and the server's half of the secrets' key. */
export interface Keys {
  readonly token: string;
  /** 32 bytes, base64. */
  readonly key: string;
}

export interface ServerOptions {
  /** The server's own data; user settings are in `data/User/settings.json` below. */
  readonly dataDir: string;
  readonly extensionsDir: string;
  readonly keys?: Keys;
  /** Any free port, when this one is taken or none is given. */
  readonly port?: number;
  readonly defaultFolder?: string;
  /** Allows `extensionDevelopmentPath` and `extensionTestsPath`; also hides notification toasts. */
  readonly smokeTestDriver?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly arguments?: readonly string[];
}

/** VS Code, served on 127.0.0.1. */
export interface Server {
  readonly port: number;
  readonly keys: Keys;
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

export function makeKeys(): Keys {
  return { token: randomBytes(24).toString('hex'), key: randomBytes(32).toString('base64') };
}

export async function startServer(host: InstalledHost, options: ServerOptions): Promise<Server> {
  const { dataDir, keys = makeKeys() } = options;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Both in files: a command line can be read by everybody on the machine.
  const tokenFile = join(dataDir, 'token');
  const keysFile = join(dataDir, 'keys.json');
  await writeFile(tokenFile, keys.token, { mode: 0o600 });
  await writeFile(keysFile, JSON.stringify(keys), { mode: 0o600 });

  const port = options.port !== undefined && (await isFree(options.port)) ? options.port : 0;
  const { defaultFolder } = options;
  const started = startProcess(
    host.node,
    [
      ...['--import', new URL('mintKey.mjs', import.meta.url).href, host.serverMain],
      ...['--host', '127.0.0.1', '--port', String(port), '--connection-token-file', tokenFile],
      ...['--server-data-dir', dataDir, '--extensions-dir', options.extensionsDir],
      ...['--accept-server-license-terms', '--disable-workspace-trust', '--telemetry-level', 'off'],
      ...(defaultFolder === undefined ? [] : ['--default-folder', defaultFolder]),
      ...(options.smokeTestDriver ? ['--enable-smoke-test-driver'] : []),
      ...(options.arguments ?? []),
    ],
    { env: { ...cleanEnvironment(), ...noGallery, ...options.env, SERVED_VSCODE_KEYS: keysFile } },
  );

  const logFile = join(dataDir, 'server.log');
  const log = createWriteStream(logFile);
  let printed = '';
  const listening = new Promise<number>((resolve) => {
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        log.write(text);
        if (printed.length > 10_000) return;
        printed += text;
        const match = /agent listening on (\d+)/.exec(printed);
        if (match) resolve(Number(match[1]));
      });
    }
  });
  const failed = started.exited.then((code): never => {
    throw new Error(`VS Code's server ended with code ${code}; see ${logFile}. ${printed.slice(-1000)}`);
  });
  const tooLate = after(60, `VS Code's server did not start within a minute; see ${logFile}.`);
  try {
    const actual = await Promise.race([listening, failed, tooLate.promise]);
    return { port: actual, keys, exited: started.exited, stop: () => started.stop() };
  } catch (error) {
    await started.stop();
    throw error;
  } finally {
    tooLate.clear();
    failed.catch(() => undefined);
  }
}

/** Installs packaged extensions, in place of the same version too. */
export async function installExtensions(
  host: InstalledHost,
  files: readonly string[],
  dirs: Pick<ServerOptions, 'dataDir' | 'extensionsDir'>,
): Promise<void> {
  // Told to install nothing, it would start to serve.
  if (files.length === 0) return;
  const folders = ['--server-data-dir', dirs.dataDir, '--extensions-dir', dirs.extensionsDir];
  const installs = files.flatMap((file) => ['--install-extension', file]);
  await run(host.node, [host.serverMain, ...installs, '--force', ...folders], {
    env: { ...cleanEnvironment(), ...noGallery },
  });
}

/** It asks nobody for extensions; there is no other use of the network. */
const noGallery = { EXTENSIONS_GALLERY: '{}' };

/** Without what a surrounding VS Code, npm or Node.js leaves for its children. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|NODE_ENV$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

function after(seconds: number, message: string): { promise: Promise<never>; clear: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(message)), seconds * 1000);
  });
  return { promise, clear: () => clearTimeout(timer) };
}
