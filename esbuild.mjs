import { build, context } from 'esbuild';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { thirdPartyNotices } from './notices.mjs';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** Options of both bundles. */
const common = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  logLevel: 'info',
  // The notices have the licenses.
  legalComments: 'none',
  metafile: true,
};

/**
 * `vscode` as `require` gives it. For an `import` of it VS Code writes a module with each of its hundreds of exports,
 * which takes longer than the rest of the activation; `import * as` what `require` gives copies them for each file.
 */
const requireVscode = {
  name: 'require vscode',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const contents = source.replace(
        "import * as vscode from 'vscode';",
        "const vscode = require('vscode');",
      );
      return { contents, loader: 'ts' };
    });
  },
};

/** Both sides of the extension. */
const node = { ...common, outdir: 'dist', platform: 'node', target: 'node22', external: ['vscode'] };

/** What VS Code activates: CommonJS, which it loads fastest, and a bundle of its own. */
const main = {
  ...node,
  entryPoints: ['src/extension.ts'],
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  plugins: [
    requireVscode,
    {
      name: 'parts stand beside it',
      setup: ({ onResolve }) => {
        onResolve({ filter: /^\.\/parts$/ }, () => ({ path: './parts.js', external: true }));
      },
    },
  ],
};

/**
 * CommonJS dependencies inside the chunks call `require`, which an ES module has to make for itself; VS Code patches
 * http and https there. Only the few chunks that mention it do: in each of those that activation loads it would be
 * 1.7 kB together.
 */
const makeRequire = {
  name: 'make require',
  setup: ({ onEnd }) => {
    onEnd(async ({ metafile }) => {
      for (const file of Object.keys(metafile?.outputs ?? {}).filter((path) => path.endsWith('.js'))) {
        const code = await readFile(file, 'utf8');
        if (!/\brequire\b/.test(code)) continue;
        const made =
          "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";
        // On the first line, so that no other moves away from its source map.
        await writeFile(file, made + code);
      }
    });
  },
};

/**
 * What axios has for other places and other uses: requests by fetch and XMLHttpRequest, redirects, forms with files,
 * data URIs, HTTP/2, proxies, bars of progress. Here Node's own `http` sends JSON and URL-encoded forms, follows no
 * redirect, and knows the proxy by VS Code.
 */
const leftOut = new RegExp(
  '(^(form-data|https-proxy-agent|proxy-from-env|follow-redirects)|/(fetch|xhr|Http2Sessions|AxiosTransformStream|' +
    'createMultipartBody|estimateDataURLDecodedBytes|formDataTo(Blob|JSON|Stream)|fromDataURI|HttpStatusCode|readBlob|' +
    'shouldBypassProxy|progressEventReducer)\\.js)$',
);

const leaveOut = {
  name: 'leave out what axios does not need here',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: leftOut }, ({ path, importer }) =>
      /[\\/]axios[\\/]/.test(importer) ? { path, namespace: 'left-out' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = class {};' }));
  },
};

/** All else: an ES module whose lazy parts are chunks behind `import()`. */
const parts = {
  ...node,
  entryPoints: ['src/parts.ts'],
  format: 'esm',
  splitting: true,
  plugins: [requireVscode, leaveOut, makeRequire],
  chunkNames: 'chunks/[name]-[hash]',
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
await mkdir('dist');
// For those who use the API.
await copyFile('src/collibra-jobs.d.ts', 'dist/collibra-jobs.d.ts');
if (watch) {
  for (const options of [main, parts, page]) await (await context(options)).watch();
} else {
  const built = await Promise.all([main, parts, page].map((options) => build(options)));
  await writeFile(
    'dist/third-party-notices.txt',
    await thirdPartyNotices(built.map(({ metafile }) => metafile)),
  );
}
