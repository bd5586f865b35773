import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startDemo, type Demo } from '../../src/demo/demo';
import { connectTo, extensionApi, removeConnection } from './support';

describe('a guard against canceling', () => {
  let demo: Demo;
  const stateOf = (id: string) => demo.jobs().find((job) => job.id === id)?.state;
  const cancelable = () => {
    const job = demo.jobs().find(({ state, cancelable: can }) => state === 'WAITING' && can);
    assert.ok(job);
    return job.id;
  };
  before(async () => (demo = await startDemo({ clock: { now: () => 1_790_000_000_000 } })));
  after(() => demo.dispose());

  for (const cancel of ['off', 'confirmByName'] as const)
    it(`"${cancel}" holds for commands without a question and for other extensions, whatever they pass`, async () => {
      const api = await extensionApi();
      const connection = await connectTo(demo, undefined, { cancel });
      const job = cancelable();
      const refused = { name: 'CollibraError', kind: 'guarded', message: /was not asked to cancel/ };
      // What isn't in the types is tried too: other extensions may be written without them.
      const options = { connection, byName: true, confirm: false };
      await assert.rejects(api.cancelJob(job, options), refused);
      await assert.rejects(
        async () =>
          vscode.commands.executeCommand('collibraJobs.cancel', { connection, job, confirm: false }),
        /was not asked to cancel/,
      );
      assert.equal(stateOf(job), 'WAITING');
      await removeConnection(connection);
    });

  it('is changed in the settings without a new start, and counts at once', async () => {
    const api = await extensionApi();
    const connection = await connectTo(demo);
    const settings = () => vscode.workspace.getConfiguration('collibraJobs');
    const [profile] = settings().get<object[]>('connections') ?? [];
    await settings().update(
      'connections',
      [{ ...profile, cancel: 'off' }],
      vscode.ConfigurationTarget.Global,
    );
    const job = cancelable();
    await assert.rejects(api.cancelJob(job, { connection }), { kind: 'guarded' });
    // The jobs that were read before are still there.
    assert.equal(api.snapshot().find(({ id }) => id === connection)?.status, 'ready');
    await removeConnection(connection);
  });

  it('can not be brought, nor a connection, by a workspace', async () => {
    const settings = vscode.workspace.getConfiguration('collibraJobs');
    const injected = [{ id: 'evil', url: 'https://evil.example', auth: 'bearer' }];
    for (const target of [vscode.ConfigurationTarget.Workspace, vscode.ConfigurationTarget.WorkspaceFolder])
      await assert.rejects(async () => settings.update('connections', injected, target));
    assert.deepEqual((await extensionApi()).snapshot(), []);
  });
});
