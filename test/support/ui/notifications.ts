import type { Locator } from 'playwright-core';
import { clickRevealed } from './pointAt';
import type { Workbench } from './workbench';

/** Notifications, as toasts and in the notification centre. */
export class Notifications {
  constructor(private readonly workbench: Workbench) {}

  /** A notification that can be seen now, by a part of its text. */
  item(text: string | RegExp): Locator {
    return this.workbench.page
      .locator('.notifications-toasts.visible, .notifications-center.visible')
      .locator('.notification-list-item')
      .filter({ hasText: text })
      .first();
  }

  /** Waits for a notification and returns its whole message. */
  async waitFor(text: string | RegExp): Promise<string> {
    return this.item(text).locator('.notification-list-item-message').innerText();
  }

  /** Clicks a button of a notification. */
  async answer(text: string | RegExp, button: string): Promise<void> {
    const item = this.item(text);
    // A message without a source shows its buttons only while it is pointed at.
    await clickRevealed(item, item.getByRole('button', { name: button, exact: true }));
  }

  /** Every message that has not been cleared, also of toasts that went away by themselves. */
  async all(): Promise<string[]> {
    await this.workbench.runCommand('Notifications: Show Notifications');
    const center = this.workbench.page.locator('.notifications-center.visible');
    await center.waitFor();
    return center.locator('.notification-list-item-message').allInnerTexts();
  }

  async clear(): Promise<void> {
    await this.workbench.runCommand('Notifications: Clear All Notifications');
  }
}
