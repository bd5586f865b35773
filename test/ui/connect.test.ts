import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startDemo, type Demo } from '../../src/demo/demo';
import { json, loopback } from '../support/loopback';
import { describeOver } from '../support/ui/generation';
import { session } from '../support/ui/session';
import { shot, shotInThemes } from '../support/ui/screenshots';
import { leaveWindow, takeWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

describeOver('core-2.0', 'connecting to an instance', () => {
  let workbench: Workbench;
  let demo: Demo;
  const password = 'correct horse battery';
  before(async () => {
    workbench = await takeWindow();
    demo = await startDemo();
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  const profiles = () =>
    workbench.evaluate(
      (vscode) =>
        vscode.workspace.getConfiguration('collibraJobs').get<{ name: string }[]>('connections') ?? [],
    );
  const connect = async (token: string) => {
    const { quickInput } = workbench;
    await workbench.runCommand('Collibra Jobs: Connect…');
    await quickInput.answer('The address that Collibra opens at', demo.url);
    await quickInput.asks('How do you sign in to');
    await quickInput.pick('Bearer token');
    await quickInput.asks('Bearer token for');
    await quickInput.input.fill(token);
  };

  it('says who and where while it asks for the secret, and hides what is typed', async () => {
    await connect('wrong');
    const { quickInput } = workbench;
    assert.match(await quickInput.widget.innerText(), new RegExp(new URL(demo.url).host));
    assert.equal(await quickInput.input.getAttribute('type'), 'password');
    await shotInThemes(workbench, 'connect-secret');
    await quickInput.accept();
  });

  it('tells in a plain sentence that the sign-in was refused, offers the log, and saves nothing', async () => {
    const message = await workbench.notifications.waitFor('did not accept the sign-in');
    assert.doesNotMatch(message, /undefined|Error:/);
    await shot(workbench, 'connect-refused');
    await workbench.notifications.answer('did not accept the sign-in', 'Try Again');
    await workbench.quickInput.asks('Bearer token for');
    await workbench.quickInput.input.fill('wrong-again');
    await workbench.quickInput.accept();
    await workbench.notifications.answer('did not accept the sign-in', 'Show Log');
    // The log takes the focus when it opens, and with it whatever a person had begun to type.
    await workbench.page.locator('.part.panel .monaco-editor.focused').waitFor();
    assert.deepEqual(await profiles(), []);
    await workbench.notifications.clear();
    await workbench.evaluate((vscode) => vscode.commands.executeCommand('workbench.action.closePanel'));
  });

  it('refuses an address that is none while it is typed', async () => {
    await workbench.runCommand('Collibra Jobs: Connect…');
    await workbench.quickInput.input.fill('ftp://acme');
    await workbench.quickInput.message.filter({ hasText: 'must start with https://' }).waitFor();
    await workbench.quickInput.cancel();
  });

  it('does not send a secret over plain http to another machine unless the person confirms', async () => {
    await workbench.runCommand('Collibra Jobs: Connect…');
    await workbench.quickInput.answer('The address that Collibra opens at', 'http://collibra.example');
    assert.match(await workbench.dialog.message(), /collibra\.example would be asked over plain http/);
    assert.deepEqual((await workbench.dialog.buttons()).toSorted(), ['Cancel', 'Send Secrets Unencrypted']);
    await shot(workbench, 'connect-plain-http');
    await workbench.dialog.answer('Cancel');
    await workbench.quickInput.widget.waitFor({ state: 'hidden' });
  });

  it('shows the jobs of the instance once the sign-in is accepted', async () => {
    await connect(demo.token);
    await workbench.quickInput.accept();
    await workbench.tree().row('Running').waitFor();
    assert.equal((await profiles()).length, 1);
  });

  it('shows a second connection as a node of its own', async () => {
    await connect(demo.token);
    await workbench.quickInput.accept();
    const { host } = new URL(demo.url);
    const tree = workbench.tree();
    for (const name of [host, `${host} (2)`])
      await tree
        .row(name)
        .filter({ hasText: /\d+ running, \d+ waiting/ })
        .waitFor();
    const nodes = (await tree.rows()).filter(({ level }) => level === 1);
    assert.deepEqual(
      nodes.map(({ label }) => label),
      [host, `${host} (2)`],
    );
    await shotInThemes(workbench, 'two-connections');
  });

  it('has both again after a reload, with no question asked', async () => {
    await workbench.reload();
    await workbench
      .tree()
      .row(`${new URL(demo.url).host} (2)`)
      .waitFor();
    await workbench.tree().row('Running').waitFor();
    assert.equal(await workbench.quickInput.widget.count(), 0);
  });

  it('asks for user and password by name, and sends them as Basic', async () => {
    const basic = `Basic ${Buffer.from(`jdoe:${password}`).toString('base64')}`;
    const server = await loopback(({ headers }, response) => {
      if (headers.authorization === basic) json(response, { results: [] });
      else json(response, {}, 401);
    });
    const { quickInput } = workbench;
    await workbench.runCommand('Collibra Jobs: Connect…');
    await quickInput.answer('The address that Collibra opens at', server.url);
    await quickInput.asks('How do you sign in to');
    await quickInput.pick('User and password');
    await quickInput.answer('User name at', 'jdoe');
    await quickInput.asks(`Password of jdoe at ${new URL(server.url).host}`);
    await quickInput.input.fill(password);
    await quickInput.accept();
    const { host } = new URL(demo.url);
    // The third one stands below the rows of the others.
    for (const name of [`${host} (2)`, host]) await workbench.tree().collapse(name);
    await workbench.tree().row(new URL(server.url).host).waitFor();
    assert.equal((await profiles()).length, 3);
    await server.close();
  });

  it('leaves the secret neither on disk nor in the log', async () => {
    const { dataDir } = await session();
    const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' })
      .map((file) => join(dataDir, file))
      .filter((file) => statSync(file).isFile());
    assert.ok(
      files.some((file) => file.endsWith('Collibra Jobs.log')),
      'the log is among what is searched',
    );
    const secrets = [demo.token, password, Buffer.from(`jdoe:${password}`).toString('base64')];
    const leaks = files.filter((file) => {
      const content = readFileSync(file);
      return secrets.some((secret) => content.includes(secret));
    });
    assert.deepEqual(leaks, []);
  });
});
