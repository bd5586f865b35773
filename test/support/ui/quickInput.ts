import type { Locator, Page } from 'playwright-core';
import { clickUntil } from './pointAt';

/** VS Code's quick input: lists to pick from, and boxes to type into. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;
  /** What the box says about what was typed, or what it asks. */
  readonly message: Locator;
  readonly title: Locator;
  readonly options: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget:visible');
    this.input = this.widget.locator('.quick-input-box input');
    this.message = this.widget.locator('.quick-input-message');
    this.title = this.widget.locator('.quick-input-title');
    this.options = this.widget.locator('.quick-input-list .monaco-list-row');
  }

  /** The option with this label, and with this in its description or detail when there are several. */
  option(label: string, also = ''): Locator {
    return this.options
      .filter({ has: this.page.locator('.label-name').getByText(label, { exact: true }) })
      .filter({ hasText: also })
      .first();
  }

  /** Picks the option, with which the list goes or becomes another. */
  async pick(label: string, also?: string): Promise<void> {
    const option = this.option(label, also);
    await option.waitFor();
    await clickUntil(option, option, 'hidden');
  }

  /** Ticks an option of a list of which several can be picked. */
  async check(label: string): Promise<void> {
    const option = this.option(label);
    await option.waitFor();
    await clickUntil(option, option.and(this.page.locator('[aria-checked=true]')), 'visible');
  }

  /** Fills the box in, once it asks for this: a part of its title, placeholder or message. */
  async answer(asked: string | RegExp, text: string): Promise<void> {
    await this.asks(asked);
    await this.input.fill(text);
    await this.accept();
  }

  /** Waits until the box asks for this: a part of its title, placeholder or message. */
  async asks(asked: string | RegExp): Promise<void> {
    const byText = this.widget.filter({ hasText: asked });
    const byPlaceholder = this.widget.filter({ has: this.page.getByPlaceholder(asked) });
    await byText.or(byPlaceholder).waitFor();
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async cancel(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.widget.waitFor({ state: 'hidden' });
  }
}
