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

/**
 * Clicks until what the click brings is there, or what it ends is gone. A click on a row that is painted anew between
 * its two halves is lost, and a person clicks again.
 */
export async function clickUntil(button: Locator, sign: Locator, state: 'visible' | 'hidden'): Promise<void> {
  const mostTries = 5;
  const done = async () => (await sign.isVisible()) === (state === 'visible');
  for (let tries = 1; !(await done()); tries++) {
    if (tries > mostTries) throw new Error(`Nothing comes of a click on ${button.toString()}.`);
    // What the click before brought late may have taken the button away.
    await button.click({ timeout: tries === 1 ? 30_000 : 1000 }).catch((error: unknown) => {
      if (tries === 1) throw error;
    });
    await sign.waitFor({ state, timeout: 3000 }).catch(() => undefined);
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
