import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type * as vscodeApi from 'vscode';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { calmSettings, type Settings, userSettingsFile, writeSettings } from '../../host/settings';
import { loadWindow, newContext, newPageBeside } from '../../host/window';
import type { Registration } from '../helper/protocol';
import { currentCell, type ThemeName } from '../matrix';
import { Dialog } from './dialog';
import { evaluateIn } from './helpers';
import { Notifications } from './notifications';
import { QuickInput } from './quickInput';
import { type Session, session } from './session';
import { TreeView } from './treeView';

/** VS Code's name of each theme, as the oldest knows it and the latest still takes it; the window's class then. */
const themes: Readonly<Record<ThemeName, { name: string; className: string }>> = {
  light: { name: 'Default Light Modern', className: 'vs' },
  dark: { name: 'Default Dark Modern', className: 'vs-dark' },
  highContrast: { name: 'Default High Contrast', className: 'hc-black' },
  highContrastLight: { name: 'Default High Contrast Light', className: 'hc-light' },
};

/** The windows that tests have open. */
export const openWorkbenches = new Set<Workbench>();

/** A VS Code window, with what a person sees and does in it. */
export class Workbench {
  readonly quickInput: QuickInput;
  readonly notifications: Notifications;
  readonly dialog: Dialog;
  /** A scenario failed while this was open: nobody knows what it is in the middle of. */
  spoiled = false;
  #extensionHost: Registration | undefined;

  private constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    private readonly session: Session,
    /** The folder that is open in it. */
    readonly folder: string,
  ) {
    this.quickInput = new QuickInput(page);
    this.notifications = new Notifications(this);
    this.dialog = new Dialog(page);
  }

  /**
   * Opens a window as a person has it who starts anew: nothing is stored, and the user settings are calm ones
   * and these. `language`: what VS Code displays; its own sentences stay English, as no language pack is there.
   */
  static async open(settings: Settings = {}, language?: string): Promise<Workbench> {
    const shared = await session();
    const file = userSettingsFile(shared.dataDir);
    const [theme = 'light'] = currentCell().themes;
    await writeSettings(file, { ...calmSettings, 'workbench.colorTheme': themes[theme].name, ...settings });
    const context = await newContext(shared.browser, shared.server);
    if (language !== undefined)
      await context.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}'`);
    return Workbench.#openIn(await context.newPage(), shared);
  }

  /** Opens a second window of the same person: it shares settings and what is stored. */
  async openSibling(): Promise<Workbench> {
    return Workbench.#openIn(await newPageBeside(this.page), this.session);
  }

  static async #openIn(page: Page, shared: Session): Promise<Workbench> {
    const folder = join(shared.home, `folder-${++folders}`);
    await mkdir(folder);
    const workbench = new Workbench(page, page.context(), shared, folder);
    openWorkbenches.add(workbench);
    const traced = 'collibra-jobs.collibra-jobs';
    await workbench.#untilStarted(() => loadWindow(workbench.page, shared.server, { folder, traced }));
    return workbench;
  }

  /** Closes the window. Its extension host ends with it, as nothing waits for it to come back. */
  async close(): Promise<void> {
    openWorkbenches.delete(this);
    if (!this.page.isClosed()) {
      await this.page.goto('about:blank');
      await this.page.close();
    }
    if (this.context.pages().length === 0) await this.context.close();
  }

  /** Reloads the window, which keeps what is open only then, and waits for the extensions. */
  async reload(): Promise<void> {
    await this.#untilStarted(() => this.runCommand('Developer: Reload Window'));
    await this.page.locator('.monaco-workbench').waitFor();
  }

  async #untilStarted(load: () => Promise<unknown>): Promise<void> {
    const registered = this.session.helpers.next(this.folder);
    await load();
    this.#extensionHost = await registered;
  }

  /**
   * Calls a function in the window's extension host. It is sent as text: it may use the API of VS Code, its
   * argument, and nothing around it. For what a test prepares; what a person does is clicked.
   */
  async evaluate<T, A = undefined>(
    evaluated: (vscode: typeof vscodeApi, argument: A) => T | Thenable<T>,
    argument?: A,
  ): Promise<T> {
    if (!this.#extensionHost) throw new Error('The window has not started.');
    return (await evaluateIn(this.#extensionHost, evaluated.toString(), argument)) as T;
  }

  /** Runs a command by its title in the command palette, for example `Collibra Jobs: Connect…`. */
  async runCommand(title: string): Promise<void> {
    // VS Code closes the palette when something else takes the focus late, as a click just before may.
    const mostTries = 3;
    for (let tries = 1; ; tries++) {
      await this.page.keyboard.press('F1');
      try {
        await this.quickInput.input.fill(`>${title}`, { timeout: 3000 });
        break;
      } catch (error) {
        if (tries === mostTries) throw error;
      }
    }
    await this.quickInput.pick(title);
  }

  /** Opens a view container by its icon in the activity bar. */
  async openContainer(name: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.sideBar.waitFor();
  }

  get sideBar(): Locator {
    return this.page.locator('.part.sidebar');
  }

  /** A tree in the side bar, by the title of its view; the only one without. */
  tree(title?: string): TreeView {
    return new TreeView(this.page, title);
  }

  /** An entry of the status bar by its id, for example `collibra-jobs.collibra-jobs.running`. */
  statusBarItem(id: string): Locator {
    return this.page.locator(`.statusbar [id="${id}"]`);
  }

  /** What a webview shows: the page inside of both frames. */
  webview(): ReturnType<Page['frameLocator']> {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  async setTheme(theme: ThemeName): Promise<void> {
    const { name, className } = themes[theme];
    await this.evaluate(async (vscode, value) => {
      const { Global } = vscode.ConfigurationTarget;
      await vscode.workspace.getConfiguration('workbench').update('colorTheme', value, Global);
    }, name);
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }

  /** Drags the border of the side bar until it is so wide; VS Code's least is 170. */
  async setSideBarWidth(pixels: number): Promise<void> {
    const box = await this.sideBar.boundingBox();
    if (!box) throw new Error('The side bar is hidden.');
    const { mouse } = this.page;
    const middle = box.y + box.height / 2;
    await mouse.move(box.x + box.width, middle);
    await mouse.down();
    await mouse.move(box.x + pixels, middle, { steps: 5 });
    await mouse.up();
  }

  /** Tells VS Code that a person turned to the window, or to something else. */
  async setFocused(focused: boolean): Promise<void> {
    // VS Code passes on only what it takes for a change: it has to know of the focus before it can lose it.
    const tell = (on: boolean) =>
      this.page.evaluate(
        `document.hasFocus = () => ${on}; window.dispatchEvent(new Event('${on ? 'focus' : 'blur'}'))`,
      );
    await tell(true);
    if (!focused) await tell(false);
    await this.evaluate(async ({ window }, wanted) => {
      while (window.state.focused !== wanted)
        await new Promise<void>((resolve) => {
          const change = window.onDidChangeWindowState(() => {
            change.dispose();
            resolve();
          });
        });
    }, focused);
  }
}

let folders = 0;
