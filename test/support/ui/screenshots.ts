import { join } from 'node:path';
import { out } from '../../host/paths';
import type { Workbench } from './workbench';

export const screenshots = join(out, 'screenshots');

/** Leaves a picture of the window in `out/screenshots`, to be looked at. */
export async function shot({ page }: Workbench, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `${name}.png`), animations: 'disabled', caret: 'hide' });
}

/** A picture in light and one in dark: `<name>-light.png`, `<name>-dark.png`. The window stays light. */
export async function shotInLightAndDark(workbench: Workbench, name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await workbench.setTheme(theme);
    await shot(workbench, `${name}-${theme}`);
  }
}
