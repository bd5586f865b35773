import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Workbench } from './workbench';

const source = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe-core finds wrong with the page in the webview, a line each; it says what, where and why. */
export async function axeFindings(workbench: Workbench): Promise<string[]> {
  const main = await workbench.webview().locator('main').elementHandle();
  const frame = await main.ownerFrame();
  if (!frame) throw new Error('There is no page.');
  await frame.evaluate(await readFile(source, 'utf8'));
  const violations: Violation[] = await frame.evaluate('axe.run(document).then((r) => r.violations)');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
  );
}
