import assert from 'node:assert/strict';
import { startDemo, type Demo } from '../../src/demo/demo';
import { json, loopback } from '../support/loopback';
import { describeOver } from '../support/ui/generation';
import { shot, shotInThemes } from '../support/ui/screenshots';
import { leaveWindow, newWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

const walkthrough = 'collibra-jobs.collibra-jobs#start';

describeOver('core-2.0', 'the first minutes', () => {
  let workbench: Workbench;
  let demo: Demo;
  before(async () => {
    demo = await startDemo();
    workbench = await newWindow();
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  const connect = (url: string, token: string) =>
    workbench.evaluate(
      (vscode, given) =>
        vscode.commands.executeCommand('collibraJobs.connect', {
          name: 'Production',
          url: given.url,
          auth: { kind: 'bearer', token: given.token },
        }),
      { url, token },
    );
  const run = (command: string, argument: object = {}) =>
    workbench.evaluate(
      (vscode, given) => vscode.commands.executeCommand(`collibraJobs.${given.command}`, given.argument),
      { command, argument },
    );
  const ticked = (step: string) =>
    workbench.page.locator(`[data-step-id="${walkthrough}#${step}"] [role=checkbox][aria-checked=true]`);

  it('have a walkthrough whose steps tick themselves once they are done', async () => {
    const steps = workbench.page.locator(`[data-step-id^="${walkthrough}#"]`);
    const open = () =>
      workbench.evaluate(async (vscode, id) => {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
      }, walkthrough);
    // A new window opens its own as long as it hasn't read those of the extensions.
    do {
      await open();
      await workbench.page.locator('[data-step-id]').first().waitFor();
    } while ((await steps.count()) === 0);
    await shotInThemes(workbench, 'walkthrough');
    const done: string[] = [];
    const does = async (step: string, act: () => Promise<unknown>) => {
      assert.equal(await ticked(step).count(), 0, step);
      await act();
      // A page of a job may stand in front of it.
      await open();
      await ticked(step).first().waitFor();
      done.push(step);
    };
    const active = () => demo.jobs().find(({ state, cancelable }) => state === 'RUNNING' && cancelable);
    await does('connect', () => connect(demo.url, demo.token));
    await does('read', () => run('openDetails', { job: active()?.id }));
    await does('cancel', () => run('cancel', { job: active()?.id, confirm: false }));
    await does('watch', () => run('watch', { job: active()?.id }));
    await does('ask', () =>
      workbench.evaluate((vscode) =>
        vscode.lm.invokeTool('collibra_find_jobs', { input: {}, toolInvocationToken: undefined }),
      ),
    );
    assert.equal(await steps.locator('[role=checkbox]').count(), done.length);
    await shot(workbench, 'walkthrough-done');
    await workbench.evaluate((vscode) => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  });

  const welcome = (text: string) => workbench.sideBar.locator('.welcome-view').filter({ hasText: text });

  it('say that the filter lets nothing through, and how to end that', async () => {
    await workbench.openContainer('Collibra Jobs');
    await run('filter', { filter: { name: 'there is no such job' } });
    const nothing = welcome('No job matches the filter.');
    await nothing.getByRole('button', { name: 'Change filter…' }).waitFor();
    await shotInThemes(workbench, 'filtered-to-nothing');
    await nothing.getByRole('button', { name: 'Clear filter' }).click();
    await workbench.tree().row('Running').waitFor();
    const [connection] = await workbench.evaluate((vscode) =>
      (vscode.workspace.getConfiguration('collibraJobs').get<{ id: string }[]>('connections') ?? []).map(
        ({ id }) => id,
      ),
    );
    await run('removeConnection', { connection, confirm: false });
  });

  const hideWhenIdle = (hide: boolean | undefined) =>
    workbench.evaluate(
      (vscode, value) =>
        vscode.workspace.getConfiguration('collibraJobs').update('hideWhenIdle', value ?? undefined, true),
      hide ?? null,
    );

  it('say that there are no jobs yet, and that the instance is not there', async () => {
    const server = await loopback(({ path }, response) => {
      if (path.startsWith('/rest/2.0/jobs')) json(response, { total: 0, offset: 0, limit: 0, results: [] });
      else json(response, {}, 404);
    });
    try {
      await connect(server.url, 'token');
      await welcome('has no jobs that you may see').waitFor();
      await shot(workbench, 'no-jobs');
      const count = workbench.statusBarItem('collibra-jobs.collibra-jobs.jobs');
      await count.waitFor();
      await hideWhenIdle(true);
      await count.waitFor({ state: 'hidden' });
      await hideWhenIdle(undefined);
      await count.waitFor();
    } finally {
      await server.close();
    }
    await run('switchOff');
    await run('switchOn');
    const offline = welcome("can't be reached");
    await offline.getByRole('button', { name: 'Check connection' }).waitFor();
    await shotInThemes(workbench, 'offline-from-the-start');
    await run('signOut');
    const signedOut = welcome('The instance asks who you are.');
    await signedOut.getByRole('button', { name: 'Sign in…' }).waitFor();
    await run('switchOff');
    await welcome('the connection is switched off').getByRole('button', { name: 'Switch on' }).click();
    await signedOut.waitFor();
    await shotInThemes(workbench, 'signed-out');
  });
});
