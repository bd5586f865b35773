import type { Locator, Page } from 'playwright-core';
import { clickRevealed, clickUntil } from './pointAt';

/** What a person sees of a row. */
export interface TreeRow {
  readonly label: string;
  readonly description: string;
  /** 1 at the root. */
  readonly level: number;
  /** Undefined: it can't be expanded. */
  readonly expanded?: boolean;
  readonly selected: boolean;
}

/** A tree in the side bar. Only rows that are scrolled into view exist. */
export class TreeView {
  readonly pane: Locator;
  /** What the view says above its rows. */
  readonly message: Locator;

  constructor(
    private readonly page: Page,
    title?: string,
  ) {
    const panes = page.locator('.part.sidebar .pane');
    this.pane =
      title === undefined
        ? panes
        : panes.filter({ has: page.locator(`.pane-header[aria-label^="${title}"]`) });
    this.message = this.pane.locator('.tree-explorer-viewlet-tree-view .message');
  }

  /** The first row whose label is this, or matches it. */
  row(label: string | RegExp): Locator {
    const name = this.page.locator('.label-name');
    const labelled =
      typeof label === 'string' ? name.getByText(label, { exact: true }) : name.filter({ hasText: label });
    return this.pane.locator('.monaco-list-row').filter({ has: labelled }).first();
  }

  /** The selected row, when its label is this. */
  selected(label: string): Locator {
    const name = this.page.locator('.label-name').getByText(label, { exact: true });
    return this.pane.locator('.monaco-list-row[aria-selected=true]').filter({ has: name });
  }

  /** The rows that can be seen, from top to bottom. */
  async rows(): Promise<TreeRow[]> {
    const rows = await this.pane.locator('.monaco-list-row').all();
    const read = await Promise.all(
      rows.map(async (row) => ({ top: (await row.boundingBox())?.y ?? 0, row })),
    );
    read.sort((a, b) => a.top - b.top);
    return Promise.all(read.map(({ row }) => readRow(row)));
  }

  async expand(label: string | RegExp): Promise<void> {
    await this.#setExpanded(this.row(label), true);
  }

  async collapse(label: string | RegExp): Promise<void> {
    await this.#setExpanded(this.row(label), false);
  }

  async #setExpanded(row: Locator, expanded: boolean): Promise<void> {
    await row.waitFor();
    const done = row.and(this.page.locator(`[aria-expanded="${expanded}"]`));
    await clickUntil(row.locator('.monaco-tl-twistie'), done, 'visible');
  }

  async select(label: string | RegExp): Promise<void> {
    await this.row(label).click();
  }

  /** Clicks an inline action of a row by its title. */
  async clickAction(label: string | RegExp, action: string): Promise<void> {
    const row = this.row(label);
    await clickRevealed(row, row.getByRole('button', { name: action }));
  }

  /** Clicks an action in the title bar of the view. */
  async clickTitleAction(action: string): Promise<void> {
    await this.pane.hover();
    await this.page.locator('.part.sidebar').getByRole('button', { name: action }).first().click();
  }

  /** Picks an entry of a row's context menu. */
  async pickFromMenu(label: string | RegExp, entry: string): Promise<void> {
    await this.pickFromMenuOf(this.row(label), entry);
  }

  /** The same of a row that is not found by its label. */
  async pickFromMenuOf(row: Locator, entry: string): Promise<void> {
    const item = this.page.getByRole('menuitem', { name: entry, exact: true });
    // A click on a row that is painted anew at that moment opens nothing; a person clicks again.
    for (let shown = false; !shown;) {
      await row.click({ button: 'right' });
      shown = await item.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
    }
    // A menu that has just opened ignores clicks, so that the click that opened it picks nothing.
    await item.hover();
    await this.page.locator('.monaco-menu .action-item.focused').getByText(entry, { exact: true }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.monaco-menu').waitFor({ state: 'detached' });
  }
}

async function readRow(row: Locator): Promise<TreeRow> {
  const [label, descriptions, level, expanded, selected] = await Promise.all([
    row.locator('.label-name').first().innerText(),
    row.locator('.label-description').allInnerTexts(),
    row.getAttribute('aria-level'),
    row.getAttribute('aria-expanded'),
    row.getAttribute('aria-selected'),
  ]);
  return {
    label,
    description: descriptions.join(' '),
    level: Number(level),
    ...(expanded === null ? {} : { expanded: expanded === 'true' }),
    selected: selected === 'true',
  };
}
