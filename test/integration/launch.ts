/**
 * Runs the integration suite in an extension host: of a served VS Code with the packaged extension installed, or
 * with `--desktop` of a desktop VS Code that `@vscode/test-electron` downloads, with the checkout in it.
 */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { packaged } from '../host/package';
import { root, temporaryFolder } from '../host/paths';
import { calmSettings, writeSettings } from '../host/settings';
import { grepVariable } from '../support/results';

/** One bundle per test file: what they share of `src` is a copy, the extension under test is the built one. */
async function bundle(into: string): Promise<string> {
  const files = await readdir(join(root, 'test/integration'), { recursive: true });
  const tests = files.filter((file) => file.endsWith('.test.ts'));
  await build({
    entryPoints: ['index.ts', ...tests].map((file) => join(root, 'test/integration', file)),
    outbase: join(root, 'test/integration'),
    outdir: into,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    sourcemap: 'inline',
    // What mocha's own entry hands on: as an ES module it is `require`d differently by Node.js 22 and 24.
    alias: { mocha: 'mocha/lib/mocha.cjs' },
    external: ['vscode', 'mocha/lib/mocha.cjs'],
    logLevel: 'warning',
  });
  return join(into, 'index.cjs');
}

/** A proxy of the machine would be asked for the servers of the tests. */
const noProxy = Object.fromEntries(
  ['http_proxy', 'https_proxy', 'no_proxy'].flatMap((name) => [
    [name, undefined],
    [name.toUpperCase(), undefined],
  ]),
);

const { values } = parseArgs({ options: { desktop: { type: 'boolean' }, grep: { type: 'string' } } });
const desktop = values.desktop === true;
if (desktop && process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
  console.error(
    'A desktop VS Code needs a screen: run it under Xvfb, with "xvfb-run -a npm run test:desktop".',
  );
  process.exit(1);
}
const home = await temporaryFolder('integration');
const extensionTestsPath = await bundle(join(home, 'suite'));
const folder = join(home, 'folder');
await mkdir(folder);
// Tests run in the name of an extension under development: an empty one, beside the package that is installed.
const empty = join(home, 'empty');
await mkdir(empty);
const manifest = { name: 'empty', publisher: 'tests', version: '0.0.1', engines: { vscode: '*' } };
await writeFile(join(empty, 'package.json'), JSON.stringify(manifest));
const userDataDir = join(home, 'data');
await writeSettings(join(userDataDir, 'User/settings.json'), calmSettings);
try {
  await runTests({
    extensionDevelopmentPath: desktop ? root : empty,
    extensionTestsPath,
    extensionTestsEnv: { [grepVariable]: values.grep, ...noProxy },
    launchArgs: [
      ...[folder, `--user-data-dir=${userDataDir}`, `--extensions-dir=${join(home, 'extensions')}`],
      ...(desktop ? [] : [`--install-extension=${packaged}`]),
    ],
    ...(desktop ? {} : { vscodeExecutablePath: join(root, 'test/host/launcher.ts') }),
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
