import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import manifest from '../../package.json' with { type: 'json' };
import type { Figure } from './figure';
import { product } from './product';

/** What the package weighs, and how much of it is loaded without anybody asking for it. */
export async function size(): Promise<Figure[]> {
  const { folder, vsix } = await product();
  const main = join(folder, manifest.main);
  const weigh = (name: string, loaded: Record<string, number>): Figure => {
    const value = Object.values(loaded).reduce((sum, bytes) => sum + bytes, 0);
    return { name, value, unit: 'bytes', atMost: 60_000, detail: loaded };
  };
  return [
    { name: 'package', value: (await stat(vsix)).size, unit: 'bytes', atMost: 250_000 },
    weigh('loaded by activation', await imported(main)),
    weigh('loaded by activation, with the parts right after it', await imported(main, /\/parts\.js$/)),
  ];
}

/** Bytes of the file and of all that it imports statically or, when it `follows` them, by `import()`; by path. */
async function imported(file: string, follows?: RegExp): Promise<Record<string, number>> {
  let followed = 0;
  const later: Plugin = {
    name: 'leave out what is loaded later',
    setup: (build) => {
      build.onResolve({ filter: /^\./ }, ({ kind, path }) => {
        if (kind !== 'dynamic-import') return undefined;
        if (!follows?.test(path)) return { path, external: true };
        followed++;
        return undefined;
      });
    },
  };
  const { metafile } = await build({
    entryPoints: [file],
    absWorkingDir: dirname(file),
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    external: ['vscode'],
    plugins: [later],
    logLevel: 'error',
  });
  if (follows && followed === 0) throw new Error(`Nothing in ${file} imports ${follows.source}.`);
  return Object.fromEntries(Object.entries(metafile.inputs).map(([path, { bytes }]) => [path, bytes]));
}
