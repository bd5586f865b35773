import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** What is kept between runs; ignored by git. Nothing outside of this folder and `out` is ever deleted. */
export const cache = join(root, '.vscode-test');

/** What a run leaves to look at; ignored by git. */
export const out = join(root, 'out');

const temporaryName = /^tmp-.*-(\d+)$/;

/**
 * An empty folder for this process, which only its owner can read. It stays when the process ends, for its logs
 * to be looked at; a later one removes it.
 */
export async function temporaryFolder(name: string): Promise<string> {
  for (const found of existsSync(cache) ? await readdir(cache) : []) {
    const pid = temporaryName.exec(found)?.[1];
    if (pid === undefined || isAlive(Number(pid))) continue;
    await rm(join(cache, found), { recursive: true, force: true });
  }
  const folder = join(cache, `tmp-${name}-${process.pid}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return folder;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
