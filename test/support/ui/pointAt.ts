import type { Locator } from 'playwright-core';

/**
 * Clicks a button that shows only while its owner is pointed at. An owner that moves at that moment, as a row
 * does when the tree is refreshed, is pointed at once more, after the tooltip of what took its place is gone.
 */
export async function clickRevealed(owner: Locator, button: Locator): Promise<void> {
  const mostTries = 6;
  for (let tries = 1; ; tries++) {
    try {
      await owner.hover({ timeout: 3000 });
      await button.click({ timeout: 3000 });
      return;
    } catch (error) {
      if (tries === mostTries) throw error;
      await owner.page().mouse.move(0, 0);
    }
  }
}

/** Points at something until its tooltip shows: VS Code drops one that is on its way when the row is painted anew. */
export async function pointUntil(owner: Locator, tooltip: Locator): Promise<void> {
  for (let shown = false; !shown;) {
    await owner.page().mouse.move(0, 0);
    await owner.hover();
    shown = await tooltip.waitFor({ timeout: 5000 }).then(
      () => true,
      () => false,
    );
  }
}
