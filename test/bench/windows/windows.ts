import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { BrowserContext } from 'playwright-core';
import { findChromium } from '../../host/chromium';
import { hosts } from '../../host/hosts';
import { installHost } from '../../host/install';
import { root } from '../../host/paths';
import { installExtensions, type Server, startServer } from '../../host/server';
import { calmSettings, userSettingsFile, writeSettings } from '../../host/settings';
import { launchBrowser, loadWindow, newContext } from '../../host/window';
import { type Answer, answerFile, type Task, taskFile } from './protocol';

/** A served VS Code with extensions in it that nothing activates but the runner. */
export interface Windows {
  /** Performs the task in the extension host of a window of its own, which then closes. */
  perform<K extends Task['kind']>(task: Extract<Task, { kind: K }>): Promise<Extract<Answer, { kind: K }>>;
  close(): Promise<void>;
}

export async function openWindows(home: string, extensions: readonly string[]): Promise<Windows> {
  const say = (line: string) => console.log(line);
  const [host, chromium, runner] = await Promise.all([
    installHost(hosts.latest, say),
    findChromium(say),
    buildRunner(join(home, 'runner')),
  ]);
  const dirs = { dataDir: join(home, 'vscode'), extensionsDir: join(home, 'extensions') };
  await installExtensions(host, extensions, dirs);
  await writeSettings(userSettingsFile(dirs.dataDir), calmSettings);
  const server = await startServer(host, { ...dirs, smokeTestDriver: true });
  const browser = await launchBrowser(chromium);
  // One for all windows: what one of them stores is there in the next.
  const context = await newContext(browser, server);
  return {
    perform: async <K extends Task['kind']>(task: Extract<Task, { kind: K }>) => {
      await rm(join(runner, answerFile), { force: true });
      await writeFile(join(runner, taskFile), JSON.stringify(task));
      await runInWindow(context, server, runner);
      const answer = JSON.parse(await readFile(join(runner, answerFile), 'utf8')) as Answer;
      if (answer.kind === 'error') throw new Error(`In the extension host: ${answer.error}`);
      return answer as Extract<Answer, { kind: K }>;
    },
    close: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

/** The runner, as the extension under development that VS Code wants around its tests. */
async function buildRunner(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const manifest = { name: 'runner', publisher: 'bench', version: '0.0.1', engines: { vscode: '^1.105.0' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await build({
    entryPoints: [join(root, 'test/bench/windows/runner.ts')],
    outfile: join(folder, 'runner.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    // What the product asks as a module; the runner is none.
    define: { 'import.meta.url': '__filename' },
    logLevel: 'warning',
  });
  return folder;
}

async function runInWindow(context: BrowserContext, server: Server, runner: string): Promise<void> {
  const page = await context.newPage();
  const printed: unknown[][] = [];
  await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => printed.push(args));
  const ended = new Promise<void>((resolve, reject) => {
    const late = () =>
      reject(new Error(`The window took too long. It printed: ${printed.flat().join('\n')}`));
    const timer = setTimeout(late, 180_000);
    page.on('crash', () => reject(new Error('The window crashed.')));
    page
      .exposeFunction('codeAutomationExit', () => {
        clearTimeout(timer);
        resolve();
      })
      .catch(reject);
  });
  const window = { extensionDevelopmentPath: runner, extensionTestsPath: join(runner, 'runner.cjs') };
  await Promise.all([ended, loadWindow(page, server, window)]);
  // Its extension host ends with what the page says when it leaves.
  await page.goto('about:blank');
  await page.close();
}
