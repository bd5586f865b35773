import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { findChromium } from '../../host/chromium';
import { type InstalledHost, installHost } from '../../host/install';
import { packaged, packHelper } from '../../host/package';
import { root, temporaryFolder } from '../../host/paths';
import { installExtensions, type Server, startServer } from '../../host/server';
import { launchBrowser } from '../../host/window';
import { helperVariable } from '../helper/protocol';
import { currentHost } from '../matrix';
import { Helpers } from './helpers';

/** What all scenarios share: one server with the packaged extension in it, one browser. */
export interface Session {
  readonly home: string;
  readonly dataDir: string;
  readonly host: InstalledHost;
  readonly server: Server;
  readonly browser: Browser;
  readonly helpers: Helpers;
}

let current: Promise<Session> | undefined;

/** The session; the first call starts it. */
export function session(): Promise<Session> {
  return (current ??= start());
}

export async function endSession(): Promise<void> {
  if (!current) return;
  const { browser, server, helpers } = await current;
  current = undefined;
  await browser.close();
  await server.stop();
  helpers.stop();
}

async function start(): Promise<Session> {
  if (!existsSync(packaged)) throw new Error(`${packaged} is missing: run "npm run package" first.`);
  const [host, chromium, home] = await Promise.all([
    installHost(currentHost(), console.log),
    findChromium(console.log),
    temporaryFolder('ui'),
  ]);
  const dirs = { dataDir: join(home, 'vscode'), extensionsDir: join(home, 'extensions') };
  const helper = join(home, 'helper.vsix');
  await packHelper(join(root, 'test/support/helper'), join(home, 'helper'), helper);
  await installExtensions(host, [packaged, helper], dirs);

  const helpers = new Helpers();
  await helpers.start();
  const server = await startServer(host, { ...dirs, env: { [helperVariable]: helpers.url } });
  const browser = await launchBrowser(chromium);
  return { home, dataDir: dirs.dataDir, host, server, browser, helpers };
}
