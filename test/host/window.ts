import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { Server } from './server';

export interface WindowOptions {
  /** The folder that is open; none without. */
  readonly folder?: string;
  /** The extension under development and the tests to run in its host; both need `smokeTestDriver`. */
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  /** The id of an extension that logs all it can. */
  readonly traced?: string;
}

/** A Chromium without a screen. It ends with this process. */
export async function launchBrowser(executablePath: string): Promise<Browser> {
  const silenced = ['background-networking', 'component-update', 'gpu', 'quic', 'sync'];
  return chromium.launch({
    executablePath,
    args: [...silenced.map((feature) => `--disable-${feature}`), '--no-first-run'],
    // The caller stops its browser itself, in order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** A browser with storage of its own that may see the server. */
export async function newContext(browser: Browser, server: Server): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  // esbuild, which runs this code, names functions by a helper that the page lacks.
  await context.addInitScript('globalThis.__name = (value) => value');
  await context.addCookies([{ name: 'vscode-tkn', value: server.keys.token, url: origin(server) }]);
  return context;
}

/**
 * A page of the same person in a browser window of its own. As a tab it would hide the first one, and Chromium
 * draws what is hidden only now and then.
 */
export async function newPageBeside(page: Page): Promise<Page> {
  const context = page.context();
  const session = await context.newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const { browserContextId } = targetInfo;
  const [opened] = await Promise.all([
    context.waitForEvent('page'),
    session.send('Target.createTarget', {
      ...{ url: 'about:blank', newWindow: true },
      ...(browserContextId !== undefined && { browserContextId }),
    }),
  ]);
  await session.detach();
  return opened;
}

/** Loads a VS Code window into the page and waits until it is drawn. */
export async function loadWindow(page: Page, server: Server, options: WindowOptions = {}): Promise<void> {
  await page.goto(windowUrl(server, options));
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
}

export function windowUrl(server: Server, options: WindowOptions = {}): string {
  const url = new URL(origin(server));
  if (options.folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', options.folder);
  const remote = (path: string) => `vscode-remote://127.0.0.1:${server.port}${path}`;
  const payload = [['skipWelcome', 'true']];
  for (const name of ['extensionDevelopmentPath', 'extensionTestsPath'] as const) {
    if (options[name] !== undefined) payload.push([name, remote(options[name])]);
  }
  if (options.traced !== undefined) payload.push(['logLevel', `${options.traced}=trace`]);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function origin(server: Server): string {
  return `http://127.0.0.1:${server.port}`;
}
