import type { Locator, Page } from 'playwright-core';

/** VS Code's modal dialog. */
export class Dialog {
  readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  /** Waits for the dialog and returns what it says. */
  async message(): Promise<string> {
    return this.box.locator('.dialog-message-container').innerText();
  }

  /** The labels of its buttons, in order. */
  async buttons(): Promise<string[]> {
    await this.box.waitFor();
    return this.box.locator('.dialog-buttons .monaco-button').allInnerTexts();
  }

  /** Clicks a button and waits until the dialog is gone. */
  async answer(button: string): Promise<void> {
    await this.box.getByRole('button', { name: button, exact: true }).click();
    await this.box.waitFor({ state: 'hidden' });
  }
}
