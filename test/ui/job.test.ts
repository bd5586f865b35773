import assert from 'node:assert/strict';
import type { Demo } from '../../src/demo/demo';
import { shot, shotInThemes } from '../support/ui/screenshots';
import { openConnected } from '../support/ui/connected';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

/** What a test asks of an element of the page; its own type is known to browsers only. */
interface Animatable {
  getAnimations(): readonly unknown[];
}

/** What a row says from the answer to a cancel on; the next refresh, within a second, tells more than the answer. */
const stopping = /cancel accepted|being stopped|not stopped yet/;

describe('one job', () => {
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

  const tabs = () => workbench.page.locator('.tabs-container .tab');
  const named = (state: string, accepts: (job: ReturnType<Demo['jobs']>[number]) => boolean = () => true) => {
    const all = demo.jobs().filter((job) => job.state === state);
    // A name that only one job has in its group is one that a person can click without doubt.
    const job = all.find(
      (each) => accepts(each) && all.filter(({ name }) => name === each.name).length === 1,
    );
    assert.ok(job?.name);
    return { ...job, name: job.name };
  };

  it('opens on a click, with every field, and only once', async () => {
    const job = named('RUNNING');
    await workbench.tree().select(job.name);
    const page = workbench.webview();
    await page.getByRole('heading', { name: job.name }).waitFor();
    const text = await page.locator('main').innerText();
    for (const value of [job.id, job.type, job.userId, 'Running', 'Production'])
      assert.ok(text.includes(value), value);
    assert.doesNotMatch(text, /undefined|NaN|1970|resourceType/);
    await workbench.tree().select(job.name);
    await tabs().first().waitFor();
    assert.equal(await tabs().count(), 1);
    await shotInThemes(workbench, 'details-running');
  });

  it('has an icon that turns while it runs, unless the person wants less motion', async () => {
    const { page } = workbench;
    const icon = workbench.webview().locator('.status .icon');
    const turns = () => icon.evaluate((shown: Animatable) => shown.getAnimations().length > 0);
    assert.equal(await icon.getAttribute('aria-hidden'), 'true');
    assert.equal(await turns(), true);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    assert.equal(await turns(), false);
    await page.emulateMedia({ reducedMotion: null });
  });

  it('is followed on its page while it runs', async () => {
    const page = workbench.webview();
    const shown = await page.locator('main').innerText();
    now += 20_000;
    await page.locator('main').filter({ hasNotText: shown }).waitFor();
  });

  it('says what the cancel button does, and is left alone when the person keeps the job', async () => {
    await workbench.runCommand('View: Close All Editors');
    const job = named('WAITING', ({ cancelable }) => cancelable);
    await workbench.tree().clickAction(job.name, 'Cancel Job…');
    assert.match(
      await workbench.dialog.message(),
      new RegExp(`Cancel "${job.name.slice(0, 20)}.*" on Production\\?`),
    );
    await shot(workbench, 'cancel-question');
    assert.ok((await workbench.dialog.buttons()).includes('Cancel Job'));
    await workbench.dialog.answer('Keep Job');
    assert.equal(demo.jobs().find(({ id }) => id === job.id)?.state, 'WAITING');
  });

  it('shows as canceling until the server says that it was canceled, with the message', async () => {
    const job = named('WAITING', ({ cancelable }) => cancelable);
    await workbench.tree().clickAction(job.name, 'Cancel Job…');
    await workbench.dialog.answer('Cancel Job with a Message…');
    await workbench.quickInput.answer('A message that Collibra keeps', 'wrong file');
    await workbench.tree().row('Canceling').waitFor();
    await workbench.tree().row(job.name).filter({ hasText: stopping }).waitFor();
    await shot(workbench, 'canceling');
    now += 6000;
    await workbench.tree().row('Canceling').waitFor({ state: 'detached' });
    await workbench.tree().expand('Canceled');
    await workbench.tree().select(job.name);
    const page = workbench.webview();
    await page.getByText('wrong file').waitFor();
    await shotInThemes(workbench, 'details-canceled');
  });

  it('is followed across a reload of the window once its cancel was accepted, and told at its end', async () => {
    await workbench.runCommand('View: Close All Editors');
    const job = named('WAITING', ({ cancelable }) => cancelable);
    await workbench.tree().clickAction(job.name, 'Cancel Job…');
    await workbench.dialog.answer('Cancel Job');
    await workbench.tree().row(job.name).filter({ hasText: stopping }).waitFor();
    await workbench.reload();
    await workbench.tree().row('Canceling').waitFor();
    const row = workbench
      .tree()
      .pane.locator('.monaco-list-row')
      .filter({ hasText: job.name })
      .filter({ hasText: stopping });
    await row.waitFor();
    await row.hover();
    assert.equal(await row.getByRole('button', { name: 'Cancel Job…' }).count(), 0);
    await shot(workbench, 'canceling-after-reload');
    now += 6000;
    await workbench.page.getByText(`Canceled on Production: ${job.name}`).waitFor();
    await workbench.tree().row('Canceling').waitFor({ state: 'detached' });
  });

  it('can be canceled from its page, which follows it to the end', async () => {
    await workbench.runCommand('View: Close All Editors');
    const job = named('WAITING', ({ cancelable }) => cancelable);
    await workbench.tree().select(job.name);
    const page = workbench.webview();
    await page.locator('[data-action=cancel]').click();
    assert.match(await workbench.dialog.box.innerText(), new RegExp(job.id));
    await workbench.dialog.answer('Cancel Job');
    await page
      .locator('main')
      .filter({ hasText: /The cancel was accepted|The instance is stopping this job/ })
      .waitFor();
    assert.equal(await page.locator('[data-action=cancel]:visible').count(), 0);
    now += 6000;
    await page
      .locator('header')
      .filter({ hasText: /Canceled|Completed|Failed/ })
      .waitFor();
    await page
      .getByText(/The job was canceled as you asked|The job finished before/)
      .first()
      .waitFor();
    await shot(workbench, 'details-cancel-ended');
  });

  it('offers only what can be canceled when the cancel comes from the palette', async () => {
    await workbench.runCommand('View: Close All Editors');
    await workbench.runCommand('Collibra Jobs: Cancel Job…');
    await workbench.quickInput.asks('Cancel which job?');
    const states = await workbench.quickInput.options.locator('.label-description').allInnerTexts();
    assert.ok(states.length > 0);
    for (const state of states) assert.match(state, /^(Running|Waiting)/);
    await workbench.quickInput.cancel();
  });

  it('can be found by type in the list that a command asks with when nothing is selected', async () => {
    await workbench.runCommand('View: Close All Editors');
    const job = named('RUNNING');
    await workbench.runCommand('Collibra Jobs: Open Details');
    await workbench.quickInput.asks('Open the details of which job?');
    await workbench.quickInput.input.fill(job.id);
    await workbench.quickInput.option(job.name).waitFor();
    await shot(workbench, 'pick-job');
    await workbench.quickInput.accept();
    await workbench.webview().getByRole('heading', { name: job.name }).waitFor();
  });

  it('lays out a message that is JSON', async () => {
    await workbench.runCommand('View: Close All Editors');
    const job = demo.jobs().find(({ message }) => message?.startsWith('{'));
    assert.ok(job);
    await workbench.evaluate(
      (vscode, id) => vscode.commands.executeCommand('collibraJobs.openDetails', { job: id }),
      job.id,
    );
    const page = workbench.webview();
    await page
      .getByText(/^\s*"?\w/)
      .first()
      .waitFor();
    const message = await page.locator('pre').innerText();
    assert.deepEqual(JSON.parse(message), JSON.parse(job.message ?? ''));
    assert.ok(message.includes('\n'));
    await shotInThemes(workbench, 'details-json');
  });
});
