import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Demo } from '../../src/demo/demo';
import type { CollibraJobs } from '../../src/extension';
import { openConnected } from '../support/ui/connected';
import { shot } from '../support/ui/screenshots';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

describe('a panel that is left alone', () => {
  let workbench: Workbench;
  let demo: Demo;
  /** Time of the instance stands still until a test moves it. */
  let now = Date.now();

  before(async () => {
    ({ workbench, demo } = await openConnected({ clock: { now: () => now } }));
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  /** Lets time pass at the instance, and resolves when the panel knows what became of its jobs. */
  const pass = async (seconds: number) => {
    now += seconds * 1000;
    await workbench.evaluate(async (vscode) => {
      const extension = vscode.extensions.getExtension<CollibraJobs>('collibra-jobs.collibra-jobs');
      await extension?.exports.refresh();
    }, undefined);
  };
  /** How far the rows are scrolled, as the list places them. */
  const scrolled = () =>
    workbench
      .tree()
      .pane.locator('.monaco-list-rows')
      .evaluate((rows) => (rows as unknown as { style: { top: string; transform: string } }).style)
      .then(({ top, transform }) => `${top} ${transform}`);
  /** Each group in sight, and whether it is open; read at once, because rows come and go. */
  const groups = () =>
    workbench.page.evaluate<readonly (readonly [string, string | null])[]>(
      `[...document.querySelectorAll('.part.sidebar .monaco-list-row[aria-level="1"]')].map((row) => [
        row.querySelector('.label-name')?.textContent ?? '',
        row.getAttribute('aria-expanded'),
      ])`,
    );

  it('keeps what is open and selected through 20 refreshes, and when the selected job moves', async () => {
    const tree = workbench.tree();
    await tree.expand('Canceled');
    const chosen = demo.jobs().find(({ state, cancelable }) => state === 'RUNNING' && cancelable);
    assert.ok(chosen);
    const { id, name } = chosen;
    await tree.row(name).click();
    const before = await groups();
    await workbench.evaluate((vscode, job) => {
      const extension = vscode.extensions.getExtension<CollibraJobs>('collibra-jobs.collibra-jobs');
      return extension?.exports.cancelJob(job);
    }, id);
    const stages = new Set<string>();
    for (let n = 0; n < 20; n++) {
      await pass(20);
      // VS Code repaints a tree a moment after it was told to.
      for (const [group, state] of [
        ['Running', 'RUNNING'],
        ['Canceled', 'CANCELED'],
      ] as const) {
        const count = demo.jobs().filter((job) => job.state === state).length;
        await tree
          .row(group)
          .filter({ hasText: new RegExp(`^${group}\\s*${count}$`) })
          .waitFor();
      }
      stages.add(demo.jobs().find((job) => job.id === id)?.state ?? 'gone');
      await tree.selected(name).waitFor();
      const same = await groups();
      // What rows above push out of sight isn't there to be read.
      for (const [label, expanded] of same)
        assert.equal(expanded, before.find(([group]) => group === label)?.[1] ?? expanded, label);
      assert.ok(same.length > 3);
    }
    assert.ok(stages.has('CANCELED'), [...stages].join());
    await shot(workbench, 'after-20-refreshes');
  });

  it('does not scroll by itself', async () => {
    const tree = workbench.tree();
    await tree.collapse('Canceled');
    await tree.expand('Completed');
    await tree.pane.locator('.monaco-list').hover();
    const top = await scrolled();
    await workbench.page.mouse.wheel(0, 900);
    let before = top;
    for (let last = ''; before === top || before !== last; before = await scrolled()) {
      last = before;
      await workbench.page.evaluate('new Promise((resolve) => requestAnimationFrame(resolve))');
    }
    for (let n = 0; n < 20; n++) await pass(5);
    assert.equal(await scrolled(), before);
  });

  it('is asked for only by the window that has the focus', async () => {
    const port = Number(new URL(demo.url).port);
    const asked = new EventEmitter();
    const note = (message: unknown) => {
      const { request } = message as { readonly request: IncomingMessage };
      if (request.socket.localPort === port && /[?&]states?=RUNNING/.test(request.url ?? ''))
        asked.emit('list');
    };
    const other = await workbench.openSibling();
    subscribe('http.server.request.start', note);
    try {
      await other.openContainer('Collibra Jobs');
      await other.tree().row('Running').waitFor();
      for (const [focused, away] of [
        [workbench, other],
        [other, workbench],
      ] as const) {
        await focused.setFocused(true);
        await away.setFocused(false);
        // What was under way, and what was due, when the windows changed.
        for (let n = 0; n < 2; n++) await once(asked, 'list');
        let last = performance.now();
        for (let n = 0; n < 3; n++) {
          await once(asked, 'list');
          const gap = performance.now() - last;
          last += gap;
          // Two windows that ask every second would meet sooner.
          assert.ok(gap > 900, `${gap} ms between two refreshes`);
        }
      }
    } finally {
      unsubscribe('http.server.request.start', note);
      await other.close();
    }
  });
});
