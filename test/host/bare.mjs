/**
 * `node test/host/bare.mjs FILE.ts [ARGUMENT …]`: runs a script of the project, after installing the project's
 * packages when they are missing or older than the lock file, as in a bare clone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '../..');
// npm writes this file last.
const installed = resolve(root, 'node_modules/.package-lock.json');
const locked = resolve(root, 'package-lock.json');

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(locked).mtimeMs) {
  console.log('Installing the packages of the project …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci did not succeed; what it printed says why.');
    process.exit(1);
  }
}

const [, , script, ...rest] = process.argv;
const { register } = await import('tsx/esm/api');
register();
process.argv = [process.argv[0], resolve(root, script), ...rest];
await import(pathToFileURL(process.argv[1]).href);
