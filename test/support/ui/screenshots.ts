import { join } from 'node:path';
import { out } from '../../host/paths';
import { currentCell, type ThemeName } from '../matrix';
import type { Workbench } from './workbench';

const { host, generation } = currentCell();

/** Of this VS Code and this generation; others that run beside have their own. */
export const screenshots = join(out, 'screenshots', `${host}-${generation}`);

/** Leaves a picture of the window in `out/screenshots/<host>-<generation>`, to be looked at. */
export async function shot({ page }: Workbench, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

/** A picture in each theme of the run: `<name>-<theme>.png`. */
export async function shotInThemes(workbench: Workbench, name: string): Promise<void> {
  await inThemes(workbench, (theme) => shot(workbench, `${name}-${theme}`));
}

/** Looks at the window in each theme of the run; it ends in the one that it began with. */
export async function inThemes(
  workbench: Workbench,
  look: (theme: ThemeName) => Promise<unknown>,
): Promise<void> {
  const [own, ...others] = currentCell().themes;
  for (const theme of others) {
    await workbench.setTheme(theme);
    await look(theme);
  }
  if (own === undefined) return;
  if (others.length > 0) await workbench.setTheme(own);
  await look(own);
}
