import assert from 'node:assert/strict';
import { startDemo } from '../../src/demo/demo';
import type { CollibraJobs } from '../../src/extension';
import { jwt } from '../support/jwt';
import { json, loopback, type Loopback } from '../support/loopback';
import { tokenServer } from '../support/tokenServer';
import { describeOver } from '../support/ui/generation';
import { shot, shotInThemes } from '../support/ui/screenshots';
import { leaveWindow, takeWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

const status = 'collibra-jobs.collibra-jobs.jobs';

describeOver('core-2.0', 'a password that was changed on the instance', () => {
  let password = 'old';
  let server: Loopback;
  const windows: Workbench[] = [];
  const header = () => `Basic ${Buffer.from(`jdoe:${password}`).toString('base64')}`;
  /** While a job runs, the window that is looked at asks each second. */
  const job = {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'Import',
    state: 'RUNNING',
    createdOn: 1e12,
  };
  /** Answers of 401. */
  let answers = 0;
  const refused = () => answers;
  /** Turns to something else, and lets end what the window was in the middle of asking. */
  const turnFrom = async (window: Workbench) => {
    await window.setFocused(false);
    await window.evaluate(async (vscode) => {
      const extension = vscode.extensions.getExtension<CollibraJobs>('collibra-jobs.collibra-jobs');
      await extension?.exports.refresh();
    });
  };

  before(async () => {
    server = await loopback((request, response) => {
      if (request.headers.authorization === header()) {
        if (request.path === '/rest/2.0/jobs') json(response, { total: 1, results: [job] });
        else json(response, {}, 404);
      } else {
        answers++;
        json(response, { userMessage: 'Wrong user or password.' }, 401);
      }
    });
    const first = await takeWindow({ 'collibraJobs.activeInterval': 1 });
    windows.push(first);
    await first.evaluate(
      (vscode, url) =>
        vscode.commands.executeCommand('collibraJobs.connect', {
          name: 'Production',
          url,
          auth: { kind: 'basic', username: 'jdoe', password: 'old' },
        }),
      server.url,
    );
    windows.push(await first.openSibling(), await first.openSibling());
    for (const window of windows) {
      await window.openContainer('Collibra Jobs');
      await window.tree().row('Running').waitFor();
    }
  });
  after(async () => {
    const [first, ...others] = windows;
    for (const window of others) await window.close();
    if (first) leaveWindow(first);
    await server.close();
  });

  it('is sent once by three windows, all of which say what to do', async () => {
    assert.equal(refused(), 0);
    // All of them are taken for focused ones until they are told.
    for (const window of windows.slice(1)) await turnFrom(window);
    password = 'new';
    for (const window of windows) {
      await window.setFocused(true);
      await window.statusBarItem(status).filter({ hasText: 'sign in' }).waitFor();
      const told = /Sign in to Production|did not accept the sign-in/;
      await window.tree().message.filter({ hasText: told }).waitFor();
    }
    assert.equal(refused(), 1);
    for (const window of windows.slice(1)) await window.reload();
    for (const window of windows) await window.statusBarItem(status).filter({ hasText: 'sign in' }).waitFor();
    assert.equal(refused(), 1);
  });

  it('is asked for again by name and place, by whatever a person does next, and is not sent meanwhile', async () => {
    const [first, second] = windows;
    assert.ok(first && second);
    await second.tree().clickTitleAction('Refresh');
    await second.quickInput.asks(`Password of jdoe at ${new URL(server.url).host}`);
    await shotInThemes(second, 'password-again');
    await second.quickInput.cancel();
    await first.statusBarItem(status).click();
    await first.quickInput.answer(`Password of jdoe at ${new URL(server.url).host}`, 'new');
    await first.tree().row('Running').waitFor();
    await first.tree().message.waitFor({ state: 'hidden' });
    assert.equal(refused(), 1);
    // The other windows learn of the new one when they are loaded again.
    await second.reload();
    await second.tree().row('Running').waitFor();
    assert.equal(refused(), 1);
  });

  it('is told of once by the window that is looked at, and by no other', async () => {
    const [first, second, third] = windows;
    assert.ok(first && second && third);
    await third.setFocused(false);
    await turnFrom(second);
    password = 'newer';
    await first.notifications.waitFor('Production did not accept the sign-in');
    await shot(first, 'refused-while-looking');
    assert.equal(refused(), 2);
    await second.setFocused(true);
    await second.statusBarItem(status).filter({ hasText: 'sign in' }).waitFor();
    assert.equal(refused(), 2);
    await first.notifications.answer('Production did not accept the sign-in', 'Sign In');
    await first.quickInput.answer('Password of jdoe at', 'newer');
    await first.tree().message.waitFor({ state: 'hidden' });
  });
});

describeOver('core-2.0', 'other kinds of sign-in', () => {
  let workbench: Workbench;
  beforeEach(async () => (workbench = await takeWindow({ 'collibraJobs.activeInterval': 1 })));
  afterEach(() => leaveWindow(workbench));

  it('ask for id and secret of OAuth client credentials, and go on with one token after the other', async () => {
    const tokens = tokenServer({ expiresIn: 4 });
    const server = await loopback(tokens.handler);
    const { host } = new URL(server.url);
    const { quickInput } = workbench;
    await workbench.runCommand('Collibra Jobs: Connect…');
    await quickInput.answer('The address that Collibra opens at', server.url);
    await quickInput.asks('How do you sign in to');
    await shot(workbench, 'sign-in-kinds');
    await quickInput.pick('OAuth client credentials');
    await quickInput.answer(`Client ID at ${host}`, 'urn:sys:env:1:i:2');
    await quickInput.answer(`Client secret of urn:sys:env:1:i:2 at ${host}`, 's3cret&=');
    // It is an instance without jobs.
    await workbench.sideBar
      .locator('.welcome-view')
      .filter({ hasText: 'no jobs that you may see' })
      .waitFor();
    const [profile] = await workbench.evaluate(
      (vscode) => vscode.workspace.getConfiguration('collibraJobs').get<object[]>('connections') ?? [],
    );
    assert.ok(profile && 'clientId' in profile && !JSON.stringify(profile).includes('s3cret'));
    const before = tokens.asked();
    // A token lives for four seconds: a refresh each second soon needs another.
    while (tokens.asked() === before) await workbench.tree().clickTitleAction('Refresh');
    await workbench.tree().message.waitFor({ state: 'hidden' });
    await server.close();
  });

  it('tell when a token is about to expire, and take the next one in time', async () => {
    const token = (minutes: number) =>
      jwt({ exp: Math.floor(Date.now() / 1000) + minutes * 60, sub: 'jdoe' });
    const [old, next] = [token(4), token(600)];
    let demo = await startDemo({ token: old });
    await workbench.evaluate(
      (vscode, { url, secret }) =>
        vscode.commands.executeCommand('collibraJobs.connect', {
          name: 'Production',
          url,
          auth: { kind: 'bearer', token: secret },
        }),
      { url: demo.url, secret: old },
    );
    await workbench.openContainer('Collibra Jobs');
    const { message } = workbench.tree();
    await message
      .filter({ hasText: /The token for Production expires in \d min\. Sign in again\./ })
      .waitFor();
    // A message goes away by itself: it is answered at once.
    await workbench.notifications.answer(/The token for Production expires in \d min/, 'Sign In');
    await workbench.quickInput.asks('Bearer token for');
    await shot(workbench, 'token-expires');
    const port = Number(new URL(demo.url).port);
    await demo.dispose();
    demo = await startDemo({ token: next, port });
    await workbench.quickInput.input.fill(old.slice(0, -2));
    await workbench.quickInput.message.filter({ hasText: /This token expires on/ }).waitFor();
    await workbench.quickInput.input.fill(next);
    await workbench.quickInput.accept();
    await message.waitFor({ state: 'hidden' });
    await workbench
      .statusBarItem(status)
      .filter({ hasText: /^\s*\d+(\s+\d+)?$/ })
      .waitFor();
    await demo.dispose();
  });

  it('are offered again after a wrong entry in the settings was reported, and the others work', async () => {
    const demo = await startDemo();
    await workbench.evaluate(
      async (vscode, { url, token }) => {
        const settings = () => vscode.workspace.getConfiguration('collibraJobs');
        await vscode.commands.executeCommand('collibraJobs.connect', {
          name: 'Production',
          url,
          auth: { kind: 'bearer', token },
        });
        const right = settings().get<object[]>('connections') ?? [];
        const wrong = {
          id: 'two',
          name: 'Test',
          url: 'https://test.example',
          auth: 'bearer',
          cancell: 'off',
        };
        await settings().update('connections', [wrong, ...right], vscode.ConfigurationTarget.Global);
      },
      { url: demo.url, token: demo.token },
    );
    await workbench.notifications.waitFor(
      'Connection 1 ("Test") in the setting collibraJobs.connections is skipped: it has a field "cancell" that nobody knows',
    );
    await workbench.openContainer('Collibra Jobs');
    await workbench.tree().row('Running').waitFor();
    await shot(workbench, 'wrong-entry');
    await demo.dispose();
  });
});
