#!/usr/bin/env -S node --import tsx
/**
 * Stands in for VS Code's executable: takes the arguments that `@vscode/test-electron` gives, runs the tests in
 * a served window, prints what the extension host prints and exits with the code of the tests.
 */
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { currentHost } from '../support/matrix';
import { hostMark } from '../support/results';
import { findChromium } from './chromium';
import { installHost } from './install';
import { onTermination, stopProcesses } from './processes';
import { installExtensions, startServer } from './server';
import { launchBrowser, loadWindow, newContext } from './window';

const { values, positionals } = parseArgs({
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'install-extension': { type: 'string' },
  },
  strict: false,
  allowPositionals: true,
});

function required(name: keyof typeof values): string {
  const value = values[name];
  if (typeof value !== 'string') throw new Error(`The launcher needs --${name}=…`);
  return value;
}

async function runTests(): Promise<number> {
  const say = (line: string) => console.log(line);
  const host = await installHost(currentHost(), say);
  const chromium = await findChromium(say);

  const userDataDir = required('user-data-dir');
  const dataDir = join(userDataDir, 'served');
  // The desktop's place for user settings; a server has its own.
  const userFolder = join(userDataDir, 'User');
  if (existsSync(userFolder)) await cp(userFolder, join(dataDir, 'data/User'), { recursive: true });

  const dirs = { dataDir, extensionsDir: required('extensions-dir') };
  await installExtensions(host, [required('install-extension')], dirs);
  const server = await startServer(host, { ...dirs, smokeTestDriver: true });
  const browser = await launchBrowser(chromium);
  try {
    const page = await (await newContext(browser, server)).newPage();
    const ended = new Promise<number>((resolve, reject) => {
      void server.exited.then((code) => reject(new Error(`The server ended early, with code ${code}.`)));
      page.on('crash', () => reject(new Error('The window crashed.')));
      page.on('close', () => reject(new Error('The window was closed.')));
      page.exposeFunction('codeAutomationExit', resolve).catch(reject);
    });
    await page.exposeFunction('codeAutomationLog', relay);
    const [folder] = positionals;
    await Promise.all([
      ended,
      loadWindow(page, server, {
        extensionDevelopmentPath: required('extensionDevelopmentPath'),
        extensionTestsPath: required('extensionTestsPath'),
        ...(folder === undefined ? {} : { folder }),
      }),
    ]);
    return await ended;
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** What the window itself printed. It is shown only when no test did. */
const ofWindow: unknown[][] = [];
let testsPrinted = false as boolean;

function relay(_type: string, args: unknown[]): void {
  const [text] = args;
  if (typeof text === 'string' && text.startsWith(hostMark)) {
    testsPrinted = true;
    console.log(
      text
        .split('\n')
        .map((line) => line.slice(hostMark.length))
        .join('\n'),
    );
  } else {
    ofWindow.push(args);
  }
}

onTermination(stopProcesses);
process.exitCode = await runTests().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
if (!testsPrinted) for (const args of ofWindow) console.log(...args);
