import assert from 'node:assert/strict';
import type { Demo } from '../../src/demo/demo';
import { json, loopback } from '../support/loopback';
import { openConnected } from '../support/ui/connected';
import { shot } from '../support/ui/screenshots';
import { leaveWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';

describe('an assistant that wants to cancel a job', () => {
  let workbench: Workbench;
  let demo: Demo;
  /** The instance stands still. */
  const now = Date.now();
  const stateOf = (id: string) => demo.jobs().find((job) => job.id === id)?.state;
  const waiting = () => {
    const job = demo.jobs().find(({ state, cancelable }) => state === 'WAITING' && cancelable);
    assert.ok(job);
    return job;
  };
  /** What the tool answers, or how it failed. It goes on while a person is asked. */
  const cancel = (input: { connection: string; id: string }) =>
    workbench.evaluate(
      (vscode, given) =>
        vscode.lm.invokeTool('collibra_cancel_job', { input: given, toolInvocationToken: undefined }).then(
          ({ content }) => JSON.stringify(content),
          (error: unknown) => `failed: ${String(error)}`,
        ),
      input,
    );

  before(async () => {
    ({ workbench, demo } = await openConnected({ clock: { now: () => now } }));
  });
  after(async () => {
    leaveWindow(workbench);
    await demo.dispose();
  });

  it('has to wait for the person, who sees name, state and instance, and may refuse', async () => {
    const { id, name } = waiting();
    const answer = cancel({ connection: 'Production', id });
    const said = await workbench.dialog.message();
    for (const text of ['Cancel this job on Production?', name, 'Waiting', new URL(demo.url).host, id])
      assert.ok(said.includes(text), `${text} is not in ${said}`);
    await shot(workbench, 'tool-cancel');
    await workbench.dialog.answer('Cancel');
    assert.match(await answer, /^failed: .*Canceled/);
    assert.equal(stateOf(id), 'WAITING');
  });

  it('cancels it once the person said yes', async () => {
    const { id } = waiting();
    const answer = cancel({ connection: 'Production', id });
    await workbench.dialog.box.waitFor();
    assert.equal(stateOf(id), 'WAITING');
    await workbench.dialog.answer('Yes');
    assert.match(await answer, /accepted the cancel/);
    assert.equal(stateOf(id), 'CANCELING');
  });

  it('troubles nobody where nothing can be canceled', async () => {
    const finished = demo.jobs().find(({ state }) => state === 'COMPLETED');
    assert.ok(finished);
    assert.match(await cancel({ connection: 'Production', id: finished.id }), /^failed: .*already finished/);
    assert.equal(await workbench.dialog.box.count(), 0);
  });

  it('shows text of a job as text', async () => {
    const id = '00000000-0000-4000-8000-000000000001';
    const name =
      '[Yes](command:workbench.action.closeWindow) <img src=x> **b** https://evil.example \u202Eon';
    const job = { id, name, type: '$(trash)', state: 'RUNNING', createdOn: now, startDate: now };
    const server = await loopback((request, response) => {
      if (request.path === '/rest/2.0/jobs') json(response, { total: 1, results: [job] });
      else if (request.path.endsWith(`/jobs/${id}`)) json(response, job);
      else json(response, {}, 404);
    });
    await workbench.evaluate(
      (vscode, url) =>
        vscode.commands.executeCommand('collibraJobs.connect', {
          name: 'Hostile',
          url,
          auth: { kind: 'bearer', token: 't' },
        }),
      server.url,
    );
    const answer = cancel({ connection: 'Hostile', id });
    const said = await workbench.dialog.message();
    // What VS Code escapes or leaves out of Markdown aside, the words are there, and do nothing.
    for (const text of ['command:workbench.action.closeWindow', '**b**', 'evil.example', '$(trash)'])
      assert.ok(said.includes(text), `${text} is not in ${said}`);
    assert.equal(
      await workbench.dialog.box.locator('.dialog-message-container :is(a, img, strong)').count(),
      0,
    );
    await shot(workbench, 'tool-cancel-hostile');
    await workbench.dialog.answer('Cancel');
    await answer;
    assert.ok(server.arrived.every(({ method }) => method === 'GET'));
    await server.close();
  });
});
