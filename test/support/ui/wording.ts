import type { Workbench } from './workbench';

/** Every piece of text in the details page but the instance's, also what is only spoken or shown when pointed at. */
export async function textsOfPage(workbench: Workbench): Promise<string[]> {
  return inPage(
    workbench,
    `const texts = [];
    for (const each of all) {
      // What the instance said.
      if (each.closest('pre, .imports tbody')) continue;
      for (const node of each.childNodes) if (node.nodeType === 3) texts.push(node.data.trim());
      for (const name of ['aria-label', 'title', 'placeholder']) texts.push(each.getAttribute(name) ?? '');
    }
    return texts.filter((text) => text !== '');`,
  );
}

/** What is cut off in the details page, or sticks out of it: the element and by how many pixels. */
export async function cutInPage(workbench: Workbench): Promise<string[]> {
  return inPage(
    workbench,
    `const clips = (overflow) => overflow === 'hidden' || overflow === 'clip';
    const scrolls = (overflow) => overflow === 'auto' || overflow === 'scroll';
    const above = (element) => element.parentElement ?? element.getRootNode().host;
    const isScrolled = (element) =>
      element !== undefined && element !== null && element !== document.body &&
      (scrolls(getComputedStyle(element).overflowX) || isScrolled(above(element)));
    const found = [];
    const { clientWidth } = document.documentElement;
    for (const each of all) {
      // What is only spoken has no size.
      if (each.closest('.spoken') || each.getClientRects().length === 0) continue;
      const { overflowX, overflowY, textOverflow } = getComputedStyle(each);
      const name = each.localName + '.' + each.className + ' "' + each.textContent.trim().slice(0, 60) + '"';
      const wide = each.scrollWidth - each.clientWidth;
      const high = each.scrollHeight - each.clientHeight;
      if (each.clientWidth > 0 && clips(overflowX) && wide > 1) found.push(name + ' is cut by ' + wide);
      if (each.clientHeight > 0 && clips(overflowY) && high > 1) found.push(name + ' is cut below by ' + high);
      const out = each.getBoundingClientRect().right - clientWidth;
      if (out > 1 && !isScrolled(each)) found.push(name + ' sticks out by ' + Math.round(out));
    }
    return found;`,
  );
}

/** Runs a script in the page; `all` are its elements, those inside of components too. */
async function inPage(workbench: Workbench, script: string): Promise<string[]> {
  const main = await workbench.webview().locator('main').elementHandle();
  const frame = await main.ownerFrame();
  if (!frame) throw new Error('There is no page.');
  const collect = `const all = []; const visit = (root) => {
    for (const each of root.querySelectorAll('*')) {
      if (['style', 'script', 'svg', 'path'].includes(each.localName)) continue;
      all.push(each);
      if (each.shadowRoot) visit(each.shadowRoot);
    }
  }; visit(document.body);`;
  return frame.evaluate(`(() => { ${collect} ${script} })()`);
}
