import assert from 'node:assert/strict';
import { startDemo, type Demo } from '../../src/demo/demo';
import { shot } from '../support/ui/screenshots';
import { openConnected } from '../support/ui/connected';
import { generation } from '../support/ui/generation';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

const status = 'collibra-jobs.collibra-jobs.jobs';

describe('a panel that is true', () => {
  let workbench: Workbench;
  let demo: Demo;
  /** Time of the instance stands still until a test moves it. */
  let now = Date.now();
  const clock = { now: () => now };
  const refresh = () => workbench.tree().clickTitleAction('Refresh');

  before(async () => {
    ({ workbench, demo } = await openConnected({ clock }));
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  it('says the name of the only instance, and what it counts', async () => {
    assert.match(await workbench.sideBar.innerText(), /Production/i);
    const tree = workbench.tree();
    const running = (await tree.rows()).find(({ label }) => label === 'Running');
    assert.equal(running?.description, String(demo.jobs().filter(({ state }) => state === 'RUNNING').length));
    // The first rows are there before the last group is counted.
    await tree.row('Completed').waitFor();
    await tree.expand('Completed');
    const all = demo.jobs().filter(({ state }) => state === 'COMPLETED').length;
    const counted = generation === 'core-2.0' ? String(all) : '50+';
    await tree.row('Completed').filter({ hasText: counted }).waitFor();
    await shot(workbench, 'panel');
  });

  if (generation === 'jobs-v1')
    it('counts the characters of a cancel message, and refuses too many while they are typed', async () => {
      const job = demo.jobs().find(({ state, cancelable }) => state === 'WAITING' && cancelable);
      assert.ok(job);
      await workbench.evaluate(
        (vscode, id) => void vscode.commands.executeCommand('collibraJobs.cancel', { job: id }),
        job.id,
      );
      await workbench.dialog.answer('Cancel Job with a Message…');
      const { quickInput } = workbench;
      await quickInput.asks('A message that Collibra keeps');
      await quickInput.input.fill('wrong file');
      await quickInput.message.filter({ hasText: '10 of 128 characters' }).waitFor();
      await quickInput.input.fill('x'.repeat(129));
      await quickInput.message.filter({ hasText: '129 of 128 characters' }).waitFor();
      await quickInput.accept();
      await shot(workbench, 'cancel-message-too-long');
      await quickInput.cancel();
      assert.equal(demo.jobs().find(({ id }) => id === job.id)?.state, 'WAITING');
    });

  it('draws an icon for each state', async () => {
    const undrawn = await workbench.page.evaluate(
      `[...document.querySelectorAll('.sidebar .custom-view-tree-node-item-icon, .statusbar [id="${status}"] .codicon')]
          .filter((icon) => getComputedStyle(icon, '::before').content === 'none')
          .map((icon) => icon.className)`,
    );
    assert.deepEqual(undrawn, []);
  });

  it('tells a row to those who listen to it', async () => {
    await workbench.tree().collapse('Completed');
    const label = await workbench
      .tree()
      .pane.locator('.monaco-list-row[aria-level="2"]')
      .first()
      .getAttribute('aria-label');
    assert.match(label ?? '', /, (Running|Waiting), .*(\d+%|\d+ (s|min))/);
  });

  it('keeps what is open and selected through refreshes, while jobs come, move and go', async () => {
    const tree = workbench.tree();
    await tree.collapse('Waiting');
    await tree.row('Canceled').click({ position: { x: 60, y: 8 } });
    await tree.expand('Canceled');
    const shape = async () =>
      (await tree.rows())

        .filter(({ label }) => ['Running', 'Waiting', 'Failed', 'Canceled'].includes(label))
        .map(({ label, expanded, selected }) => [label, expanded, selected]);
    const before = await shape();
    for (let n = 0; n < 5; n++) {
      now += 30_000;
      await refresh();
    }
    const running = demo.jobs().filter(({ state }) => state === 'RUNNING').length;
    await tree
      .row('Running')
      .filter({ hasText: new RegExp(`Running\\s*${running}$`) })
      .waitFor();
    assert.deepEqual(await shape(), before);
  });

  it('says offline, since when, and keeps the rows; and is true again by itself', async () => {
    const { token } = demo;
    const port = Number(new URL(demo.url).port);
    const tree = workbench.tree();
    await demo.dispose();
    await tree.message
      .filter({ hasText: /Production as of .*can't be reached.*connection refused.*Next try at/s })
      .waitFor();
    assert.match(await workbench.statusBarItem(status).innerText(), /offline/);
    assert.ok((await tree.rows()).length > 5);
    await shot(workbench, 'offline');
    demo = await startDemo({ clock, generations: [generation], port, token });
    await tree.message.waitFor({ state: 'hidden' });
    assert.match(await workbench.statusBarItem(status).innerText(), /^\s*\d+(\s+\d+)?$/);
  });

  it('says sign in once the secret is refused, sends nothing more, and heals when the person signs in', async () => {
    const port = Number(new URL(demo.url).port);
    await demo.dispose();
    demo = await startDemo({ clock, generations: [generation], port, token: 'another-token' });
    await refresh();
    const tree = workbench.tree();
    await tree.message.filter({ hasText: 'Production did not accept the sign-in' }).waitFor();
    const item = workbench.statusBarItem(status);
    assert.match(await item.innerText(), /sign in/);
    await shot(workbench, 'sign-in');
    await item.click();
    await workbench.quickInput.answer('Bearer token for', 'another-token');
    await tree.message.waitFor({ state: 'hidden' });
    assert.match(await item.innerText(), /^\s*\d+(\s+\d+)?$/);
  });
});
