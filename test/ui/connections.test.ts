import assert from 'node:assert/strict';
import { startDemo, type Demo } from '../../src/demo/demo';
import { spokenOf } from '../support/ui/accessibility';
import { describeOver } from '../support/ui/generation';
import { shot, shotInThemes } from '../support/ui/screenshots';
import { leaveWindow, takeWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

const status = 'collibra-jobs.collibra-jobs.jobs';

describeOver('core-2.0', 'a production and a test instance, of different generations', () => {
  let workbench: Workbench;
  let production: Demo;
  let test: Demo;
  const clock = { now: () => 1_790_000_000_000 };
  const startProduction = (again?: Demo) =>
    startDemo({
      clock,
      generations: ['core-2.0'],
      ...(again && { port: Number(new URL(again.url).port), token: again.token }),
    });
  const running = (demo: Demo) => demo.jobs().filter(({ state }) => state === 'RUNNING').length;
  const statusText = (text: RegExp) => workbench.statusBarItem(status).filter({ hasText: text }).waitFor();
  const row = (name: string, text: RegExp | string) =>
    workbench.tree().row(name).filter({ hasText: text }).waitFor();
  const connect = (demo: Demo, fields: object) =>
    workbench.evaluate(
      (vscode, { url, token, more }) =>
        vscode.commands.executeCommand('collibraJobs.connect', {
          url,
          auth: { kind: 'bearer', token },
          ...more,
        }),
      { url: demo.url, token: demo.token, more: fields },
    );

  before(async () => {
    production = await startProduction();
    test = await startDemo({ clock, generations: ['jobs-v1'], seed: 2 });
    workbench = await takeWindow({ 'collibraJobs.activeInterval': 1 });
    await connect(production, { name: 'Production', label: 'PROD', color: 'red', cancel: 'confirmByName' });
    await workbench.openContainer('Collibra Jobs');
    await workbench.tree().row('Running').waitFor();
  });
  after(async () => {
    leaveWindow(workbench);
    await production.dispose();
    await test.dispose();
  });

  it('stand side by side with their counts, and the status bar sums them', async () => {
    await shotInThemes(workbench, 'one-marked-connection');
    assert.match(await workbench.sideBar.innerText(), /🔴 PROD Production/i);
    await connect(test, { name: 'Test', color: 'green' });
    await row('Production', new RegExp(`PROD · ${running(production)} running, \\d+ waiting`));
    await row('Test', new RegExp(`${running(test)} running, \\d+ waiting`));
    await statusText(new RegExp(`^\\s*${running(production) + running(test)}(\\s+\\d+)?$`));
    const label = await workbench.statusBarItem(status).locator('a').getAttribute('aria-label');
    assert.match(label ?? '', /\d+ running/);
    await workbench.statusBarItem(status).hover();
    const tooltip = workbench.page.locator('.monaco-hover:visible');
    await tooltip
      .filter({ hasText: /Production\s\(🔴\sPROD\):\s\d+\srunning[^]*Test\s\(🟢\):\s\d+\srunning/ })
      .waitFor();
    const nodes = (await spokenOf(workbench.page)).filter(
      ({ role, level }) => role === 'treeitem' && level === 1,
    );
    assert.match(
      nodes.map(({ name }) => name).join('; '),
      /^Production, PROD, \d+ running, \d+ waiting; Test, \d+ running, \d+ waiting$/,
    );
    await workbench.tree().collapse('Production');
    await shotInThemes(workbench, 'marked-connections');
  });

  it('say of themselves who is signed in and what may be done', async () => {
    await workbench.tree().row('Production').hover();
    const tooltip = workbench.page.locator('.monaco-hover:visible');
    await tooltip
      .filter({
        hasText: /Signed\sin\sas\sAmelia\sNovak[^]*Core\sREST\s2\.0[^]*Canceling\sasks\sfor\sits\sname/,
      })
      .waitFor();
    await shot(workbench, 'connection-tooltip');
  });

  it('show their mark on the page of a job, with the names of people', async () => {
    const job = production.jobs().find(({ state }) => state === 'RUNNING');
    assert.ok(job);
    await workbench.evaluate(
      (vscode, id) => vscode.commands.executeCommand('collibraJobs.openDetails', { job: id }),
      job.id,
    );
    const page = workbench.webview();
    await page.locator('.badge', { hasText: 'PROD' }).waitFor();
    await page.locator('[data-fact=createdBy]', { hasText: /[A-Z]\w+ [A-Z]\w+/ }).waitFor();
    await shotInThemes(workbench, 'marked-details');
  });

  it('ask for the name of the guarded one before a job is canceled there', async () => {
    const job = production.jobs().find(({ state, cancelable }) => state === 'WAITING' && cancelable);
    assert.ok(job);
    const state = () => production.jobs().find(({ id }) => id === job.id)?.state;
    const cancel = () =>
      workbench.evaluate(
        (vscode, id) => void vscode.commands.executeCommand('collibraJobs.cancel', { job: id }),
        job.id,
      );
    await cancel();
    assert.match(await workbench.dialog.message(), /on Production \(🔴 PROD\)\?/);
    await shot(workbench, 'cancel-on-marked');
    await workbench.dialog.answer('Cancel Job');
    const { quickInput } = workbench;
    await quickInput.asks('Type "Production" to confirm');
    await quickInput.input.fill('Produktion');
    await quickInput.message.filter({ hasText: 'This is not "Production"' }).waitFor();
    await quickInput.accept();
    await shot(workbench, 'cancel-by-name');
    await quickInput.cancel();
    assert.equal(state(), 'WAITING');
    const refused = await workbench.evaluate(
      (vscode, id) =>
        Promise.resolve(
          vscode.commands.executeCommand('collibraJobs.cancel', { job: id, confirm: false }),
        ).then(
          () => undefined,
          (error: unknown) => String(error),
        ),
      job.id,
    );
    assert.match(refused ?? '', /Production was not asked to cancel/);
    assert.equal(state(), 'WAITING');
    await cancel();
    await workbench.dialog.answer('Cancel Job');
    await quickInput.answer('Type "Production"', 'Production');
    await quickInput.widget.waitFor({ state: 'hidden' });
    await workbench.statusBarItem(status).page().getByText('Production accepted the cancel').waitFor();
    assert.notEqual(state(), 'WAITING');
  });

  it('can be signed out of one by one, also across a reload', async () => {
    await workbench.tree().pickFromMenu('Test', 'Sign Out');
    await row('Test', 'sign-in needed');
    await row('Production', 'running');
    await statusText(/sign in/);
    await workbench.reload();
    await row('Test', 'sign-in needed');
    await row('Production', 'running');
    assert.equal(await workbench.quickInput.widget.count(), 0);
    await shot(workbench, 'signed-out-of-one');
  });

  it('are checked one by one; the signed out one without asking it anything', async () => {
    await workbench.tree().pickFromMenu('Test', 'Check Connection');
    const editor = workbench.page.locator('.editor-instance[aria-label*="Check of Test"]');
    await editor.getByText('Nothing was sent').waitFor();
    await shot(workbench, 'check-signed-out');
    await workbench.tree().pickFromMenu('Production', 'Check Connection');
    const report = await workbench.evaluate(async (vscode) => {
      const wanted = () =>
        vscode.workspace.textDocuments.find(({ uri }) => uri.path.includes('Check of Production'));
      while (!wanted())
        await new Promise<void>((opened) => {
          const listener = vscode.workspace.onDidOpenTextDocument(() => {
            listener.dispose();
            opened();
          });
        });
      return wanted()?.getText() ?? '';
    });
    assert.match(report, /✓ Sign-in: Accepted/);
    assert.match(report, /✓ Who am I: Amelia Novak/);
    assert.doesNotMatch(report, /✗|–/);
    assert.ok(!report.includes(production.token));
    await shotInThemes(workbench, 'check');
    await workbench.evaluate((vscode) => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  });

  it('break one by one, and are true again by themselves', async () => {
    await production.dispose();
    await row('Production', 'offline since');
    await shot(workbench, 'one-offline');
    production = await startProduction(production);
    await row('Production', 'running');
  });

  it('ask once for the secret that several commands wait for', async () => {
    // The row below the signed out one asks, and so does what else is run meanwhile.
    await workbench.tree().row('Sign in…').click();
    await workbench.evaluate((vscode) => {
      const { id } = (
        vscode.workspace
          .getConfiguration('collibraJobs')
          .get<{ id: string; name: string }[]>('connections') ?? []
      ).find(({ name }) => name === 'Test') ?? { id: '' };
      for (let n = 0; n < 2; n++)
        void vscode.commands.executeCommand('collibraJobs.signIn', { connection: id });
    });
    await workbench.quickInput.answer('Bearer token for', test.token);
    await row('Test', 'running');
    await workbench.quickInput.widget.waitFor({ state: 'hidden' });
    await statusText(new RegExp(`^\\s*${running(production) + running(test)}(\\s+\\d+)?$`));
  });

  it('can be switched off and on', async () => {
    await workbench.tree().pickFromMenu('Test', 'Switch Off');
    await row('Test', /off$/);
    await statusText(new RegExp(`^\\s*${running(production)}(\\s+\\d+)?$`));
    await shot(workbench, 'one-off');
    await workbench.reload();
    await row('Test', /off$/);
    await workbench.tree().clickAction('Test', 'Switch On');
    await row('Test', 'running');
    assert.equal(await workbench.quickInput.widget.count(), 0);
  });

  it('take their secret with them when they are removed', async () => {
    const before = await workbench.evaluate((vscode) =>
      vscode.workspace.getConfiguration('collibraJobs').get<object[]>('connections'),
    );
    for (const answer of ['Cancel', 'Remove Connection']) {
      await workbench.tree().pickFromMenu('Test', 'Remove Connection…');
      assert.match(await workbench.dialog.message(), /^Remove the connection to Test \(🟢\)\?/);
      await workbench.dialog.answer(answer);
      if (answer === 'Cancel') await row('Test', 'running');
    }
    await workbench.tree().row('Test').waitFor({ state: 'detached' });
    // As Settings Sync brings it to a second machine.
    await workbench.evaluate(
      (vscode, settings) =>
        vscode.workspace.getConfiguration('collibraJobs').update('connections', settings, true),
      before,
    );
    await row('Test', 'sign-in needed');
    await row('Production', 'running');
    await workbench
      .tree()
      .message.filter({ hasText: /Sign in to Test: no secret is stored on this machine/ })
      .waitFor();
  });
});
