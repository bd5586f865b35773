import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostVersion } from './hosts';
import { cache, root, temporaryFolder } from './paths';
import { run } from './processes';

/** A VS Code on this machine that can be served. */
export interface InstalledHost {
  readonly version: HostVersion;
  readonly node: string;
  readonly serverMain: string;
}

const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-progress', '--ignore-scripts'];

/**
 * Makes sure that this version is there, from the npm registry alone and without a compiler. It is made in a
 * folder beside and moved into place when it is whole: a set-up that was interrupted is never taken for a good one.
 */
export async function installHost(version: HostVersion, say: (line: string) => void): Promise<InstalledHost> {
  const folder = join(cache, `vscode-${version.vscode}-node-${version.node}-r${version.revision}`);
  if (!existsSync(folder)) {
    const temporary = await temporaryFolder(`vscode-${version.vscode}`);
    try {
      await make(version, temporary, say);
      await rename(temporary, folder).catch((error: unknown) => {
        // Another start may have been quicker; its folder is as good.
        if (!existsSync(folder)) throw error;
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const sentence = `VS Code ${version.vscode} could not be set up from the npm registry. ${reason}`;
      throw new Error(sentence, { cause: error });
    } finally {
      await rm(temporary, { recursive: true, force: true });
    }
  }
  return {
    version,
    node: join(folder, 'node', process.platform === 'win32' ? 'node.exe' : 'bin/node'),
    serverMain: join(folder, 'vscode/out/server-main.js'),
  };
}

async function make(version: HostVersion, folder: string, say: (line: string) => void): Promise<void> {
  say(`Downloading VS Code ${version.vscode} and Node.js ${version.node} from the npm registry (once) …`);
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  await Promise.all([
    download(`code-server@${version.codeServer}`, folder, 'code-server'),
    download(`node-${platform}-${process.arch}@${version.node}`, folder, 'node'),
  ]);
  await rename(join(folder, 'code-server/lib/vscode'), join(folder, 'vscode'));
  await rm(join(folder, 'code-server'), { recursive: true });
  if (process.platform !== 'win32') await chmod(join(folder, 'node/bin/node'), 0o755);

  say(`Installing what VS Code ${version.vscode} needs (once) …`);
  const vscode = join(folder, 'vscode');
  await takeFromRegistry(vscode, version.registered ?? {});
  await run('npm', ['install', '--omit=dev', ...quiet], { cwd: vscode });
  for (const name of ['native-watchdog', 'spdlog']) {
    // Older ones have the watchdog without a scope.
    const places = ['@vscode', '.'].map((scope) => join(vscode, 'node_modules', scope, name));
    const native = places.find((place) => existsSync(place));
    if (native === undefined) throw new Error(`It has no ${name}.`);
    await rm(native, { recursive: true });
    await cp(join(root, 'test/host/standIns', name), native, { recursive: true });
  }
}

interface Lock {
  readonly packages: Record<string, { dependencies?: Record<string, string> } | undefined>;
}

/** Puts versions of the registry in place of what a package and its lock file take from git. */
async function takeFromRegistry(folder: string, versions: Readonly<Record<string, string>>): Promise<void> {
  const manifestFile = join(folder, 'package.json');
  const lockFile = join(folder, 'npm-shrinkwrap.json');
  if (Object.keys(versions).length === 0) return;
  const manifest = JSON.parse(await readFile(manifestFile, 'utf8')) as { dependencies: object };
  const lock = JSON.parse(await readFile(lockFile, 'utf8')) as Lock;
  Object.assign(manifest.dependencies, versions);
  Object.assign(lock.packages['']?.dependencies ?? {}, versions);
  for (const name of Object.keys(versions)) lock.packages[`node_modules/${name}`] = undefined;
  await writeFile(manifestFile, JSON.stringify(manifest));
  await writeFile(lockFile, JSON.stringify(lock));
}

/** Unpacks a package, without its dependencies. */
async function download(name: string, folder: string, as: string): Promise<void> {
  const target = join(folder, as);
  await mkdir(target);
  // A manifest of its own keeps npm from looking for one further up.
  await writeFile(join(target, 'package.json'), '{}');
  await run('npm', ['pack', name, ...quiet], { cwd: target });
  const archive = (await readdir(target)).find((file) => file.endsWith('.tgz'));
  if (!archive) throw new Error(`npm pack ${name} brought no archive.`);
  await run('tar', ['-xzf', archive, '--strip-components=1'], { cwd: target });
  await rm(join(target, archive));
}
