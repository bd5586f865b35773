import { build, context } from 'esbuild';
import { rm } from 'node:fs/promises';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Options of both bundles. */
const common = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  logLevel: 'info',
  legalComments: 'none',
};

/**
 * The extension: an ES module whose lazy parts are chunks behind `import()`. CommonJS dependencies inside the
 * chunks call `require`, which an ES module has to make for itself; VS Code patches http and https there.
 */
const extension = {
  ...common,
  entryPoints: ['src/extension.ts'],
  outdir: 'dist',
  format: 'esm',
  splitting: true,
  platform: 'node',
  target: 'node22',
  external: ['vscode'],
  chunkNames: 'chunks/[name]-[hash]',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
};

/** The details page's browser side. */
const page = {
  ...common,
  entryPoints: { details: 'src/webview/main.ts' },
  outdir: 'dist/webview',
  format: 'iife',
  platform: 'browser',
  target: 'chrome130',
  loader: { '.svg': 'text' },
};

await rm('dist', { recursive: true, force: true });
if (watch) {
  for (const options of [extension, page]) await (await context(options)).watch();
} else {
  await Promise.all([build(extension), build(page)]);
}
