/** `npm start`: the extension and its demo in a real VS Code. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findDesktop, openDesktop } from './desktop';
import { hosts } from './hosts';
import { installHost } from './install';
import { packExtension, packHelper } from './package';
import { cache, root } from './paths';
import { isTerminating, onTermination, run, stopProcesses } from './processes';
import { installExtensions, type Keys, makeKeys, startServer } from './server';
import { calmSettings, userSettingsFile, writeSettings } from './settings';

/** Kept between starts: the browser finds its secrets again under the same address, with the same key. */
interface Kept extends Keys {
  readonly port?: number;
}

const home = join(cache, 'start');
const dataDir = join(home, 'vscode');
const extensionsDir = join(home, 'extensions');
const folder = join(home, 'folder');
const companion = join(root, 'test/host/companion');
const companionBuild = join(home, 'companion');

const say = (line: string) => console.log(line);

async function serve(): Promise<void> {
  onTermination(stopProcesses);
  const vsix = join(home, 'collibra-jobs.vsix');
  const companionVsix = join(home, 'companion.vsix');
  say('Building the extension …');
  const [host] = await Promise.all([
    installHost(hosts.latest, say),
    packExtension(join(home, 'package'), vsix),
    packHelper(companion, companionBuild, companionVsix),
  ]);
  say('Installing the extension …');
  await installExtensions(host, [vsix, companionVsix], { dataDir, extensionsDir });

  const settings = userSettingsFile(dataDir);
  if (!existsSync(settings)) await writeSettings(settings, calmSettings);

  say(`Starting VS Code ${host.version.vscode} …`);
  const file = join(home, 'kept.json');
  const kept = await readKept(file);
  const server = await startServer(host, {
    ...{ dataDir, extensionsDir, keys: kept, defaultFolder: folder },
    ...(kept.port === undefined ? {} : { port: kept.port }),
  });
  await writeFile(file, JSON.stringify({ port: server.port, ...kept }), { mode: 0o600 });
  void server.exited.then((code) => {
    if (isTerminating()) return;
    console.error(`VS Code's server ended with code ${code}; see ${join(dataDir, 'server.log')}`);
    process.exitCode = 1;
  });

  say('Open this address in a browser on this machine. Ctrl-C ends everything.');
  say(`http://127.0.0.1:${server.port}/?tkn=${server.keys.token}`);
}

async function readKept(file: string): Promise<Kept> {
  try {
    const { token, key, port } = JSON.parse(await readFile(file, 'utf8')) as Partial<Kept>;
    if (typeof token !== 'string' || typeof key !== 'string') return makeKeys();
    return { token, key, ...(typeof port === 'number' ? { port } : {}) };
  } catch {
    return makeKeys();
  }
}

async function start(): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (process.argv.includes('--desktop')) {
    const code = findDesktop();
    say('Building the extension …');
    await run('npm', ['run', 'build']);
    await packHelper(companion, companionBuild, join(home, 'companion.vsix'));
    await openDesktop({ code, extensions: [root, companionBuild], folder, home, say });
  } else {
    await serve();
  }
}

start().catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  await stopProcesses();
  process.exit(1);
});
