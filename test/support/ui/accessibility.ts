import type { Page } from 'playwright-core';

/** What Chromium tells assistive technology of one thing on the screen. */
export interface Spoken {
  readonly role: string;
  readonly name: string;
  readonly value?: string;
  readonly level?: number;
  readonly expanded?: boolean;
  readonly focusable: boolean;
}

interface Property {
  readonly name: string;
  readonly value: { readonly value?: unknown };
}

/** All of a window, or of the page in its webview, in the order in which it is read out. */
export async function spokenOf(page: Page, where: 'window' | 'webview' = 'window'): Promise<Spoken[]> {
  const cdp = await page.context().newCDPSession(page);
  try {
    const frameId =
      where === 'webview' ? webviewIn((await cdp.send('Page.getFrameTree')).frameTree) : undefined;
    const { nodes } = await cdp.send('Accessibility.getFullAXTree', frameId === undefined ? {} : { frameId });
    const known = new Map(nodes.map((node) => [node.nodeId, node]));
    const ordered = (id: string): typeof nodes => {
      const node = known.get(id);
      return node ? [node, ...(node.childIds ?? []).flatMap(ordered)] : [];
    };
    return ordered(nodes[0]?.nodeId ?? '')
      .filter(({ ignored }) => !ignored)
      .map(({ role, name, value, properties = [] }) => {
        const property = (wanted: string) =>
          (properties as readonly Property[]).find((each) => each.name === wanted)?.value.value;
        const [level, expanded] = [property('level'), property('expanded')];
        return {
          role: String(role?.value),
          name: String(name?.value ?? ''),
          ...(value && { value: String(value.value) }),
          ...(typeof level === 'number' && { level }),
          ...(typeof expanded === 'boolean' && { expanded }),
          focusable: property('focusable') === true,
        };
      });
  } finally {
    await cdp.detach();
  }
}

interface FrameTree {
  readonly frame: { readonly id: string; readonly name?: string };
  readonly childFrames?: readonly FrameTree[];
}

/** The id of the frame that has the page of a webview. */
function webviewIn(tree: FrameTree): string {
  const all = (each: FrameTree): FrameTree[] => [each, ...(each.childFrames ?? []).flatMap(all)];
  const found = all(tree).find(({ frame }) => frame.name === 'active-frame');
  if (!found) throw new Error('No webview is open.');
  return found.frame.id;
}
