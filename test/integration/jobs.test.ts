import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startDemo, type Demo } from '../../src/demo/demo';
import type { CollibraJobs } from '../../src/extension';
import type { Job, JobState } from '../../src/jobs/job';
import {
  connectTo,
  extensionApi,
  groupOf,
  removeConnection,
  savedConnections,
  snapshotOf,
  until,
} from './support';

for (const generation of ['core-2.0', 'jobs-v1'] as const)
  describe(`jobs of an instance that speaks ${generation}`, () => {
    const totals = generation === 'core-2.0';
    let api: CollibraJobs;
    let demo: Demo;
    let connection: string;
    /** Time of the instance, which the tests hold. */
    let now = Date.now();
    const states: Record<string, JobState> = {
      WAITING: 'waiting',
      RUNNING: 'running',
      CANCELING: 'canceling',
      COMPLETED: 'completed',
      CANCELED: 'canceled',
      ERROR: 'failed',
    };
    const onServer = (state: JobState) =>
      demo
        .jobs()
        .filter((job) => states[job.state === 'CANCELING' && !totals ? 'RUNNING' : job.state] === state);
    const ids = (jobs: readonly { readonly id: string }[]) => jobs.map(({ id }) => id).toSorted();

    before(async () => {
      api = await extensionApi();
      demo = await startDemo({ clock: { now: () => now }, generations: [generation] });
      connection = await connectTo(demo, 'Test instance');
    });
    after(async () => {
      await removeConnection(connection);
      await demo.dispose();
    });

    it('are known once the connection is made: active ones by name, finished ones by number', () => {
      const snapshot = snapshotOf(api, connection);
      assert.equal(snapshot.status, 'ready');
      assert.equal(snapshot.name, 'Test instance');
      assert.equal(snapshot.generation, generation);
      for (const state of ['running', 'waiting'] as const) {
        const group = groupOf(snapshot, state);
        assert.deepEqual(ids(group.jobs), ids(onServer(state)));
        assert.equal(group.total, onServer(state).length);
      }
      for (const state of ['failed', 'canceled', 'completed'] as const)
        assert.equal(groupOf(snapshot, state).total, totals ? onServer(state).length : undefined);
    });

    it('are true again after a refresh, when time has passed', async () => {
      for (let n = 0; n < 5; n++) {
        now += 45_000;
        await api.refresh(connection);
        const snapshot = snapshotOf(api, connection);
        for (const state of ['running', 'waiting', 'canceling'] as const)
          assert.deepEqual(ids(groupOf(snapshot, state).jobs), ids(onServer(state)), state);
        for (const state of ['failed', 'canceled', 'completed'] as const)
          assert.equal(groupOf(snapshot, state).total, totals ? onServer(state).length : undefined, state);
      }
    });

    it('can all be found, each once', async () => {
      const found: Job[] = [];
      for await (const job of api.findJobs({})) found.push(job);
      assert.deepEqual(ids(found), ids(demo.jobs()));
      const failed: Job[] = [];
      for await (const job of api.findJobs({ states: ['failed'] }, { connection })) failed.push(job);
      assert.deepEqual(ids(failed), ids(onServer('failed')));
    });

    it('can be read one by one', async () => {
      const [some] = onServer('completed');
      assert.ok(some);
      assert.equal((await api.getJob(some.id)).state, 'completed');
      await assert.rejects(api.getJob('00000000-0000-4000-8000-000000000000'), { kind: 'notFound' });
    });

    it('are canceled by the command, and followed until they have stopped', async () => {
      const job = onServer('waiting').find(({ cancelable }) => cancelable);
      assert.ok(job);
      await vscode.commands.executeCommand('collibraJobs.cancel', {
        connection,
        job: job.id,
        message: 'a test',
        confirm: false,
      });
      assert.ok(groupOf(snapshotOf(api, connection), 'canceling').jobs.some(({ id }) => id === job.id));
      await assert.rejects(api.cancelJob(job.id, { connection }), {
        kind: 'conflict',
        message: /being canceled already/,
      });
      now += 10_000;
      const ended = await until(api, () =>
        groupOf(snapshotOf(api, connection), 'canceled').jobs.find(({ id }) => id === job.id),
      );
      assert.equal(ended.message, 'a test');
    });

    it('are not canceled once they have finished, and nothing is sent', async () => {
      const [finished] = onServer('completed');
      assert.ok(finished);
      const before = JSON.stringify(demo.jobs());
      await assert.rejects(api.cancelJob(finished.id, { connection }), {
        kind: 'conflict',
        message: /already finished/,
      });
      assert.equal(JSON.stringify(demo.jobs()), before);
    });
  });

describe('connecting', () => {
  let api: CollibraJobs;
  let demo: Demo;

  before(async () => {
    api = await extensionApi();
    demo = await startDemo();
  });
  after(() => demo.dispose());

  it('keeps nothing of a sign-in that the instance refuses', async () => {
    await assert.rejects(connectTo({ url: demo.url, token: 'wrong' }), /did not accept the sign-in/);
    assert.deepEqual(savedConnections(), []);
    assert.deepEqual(api.snapshot(), []);
  });

  it('says what is wrong with an address, a sign-in and a server that is down', async () => {
    const connect = (argument: unknown) => vscode.commands.executeCommand('collibraJobs.connect', argument);
    const auth = { kind: 'bearer', token: 't' };
    await assert.rejects(async () => connect({ url: 'not an address', auth }), /is no web address/);
    await assert.rejects(async () => connect({ url: demo.url, auth: { kind: 'magic' } }), /kind of sign-in/);
    await assert.rejects(
      async () => connect({ url: demo.url, auth: { kind: 'basic', username: 'a' } }),
      /"basic" needs "password"/,
    );
    await assert.rejects(
      async () => connect({ url: 'http://127.0.0.1:9', auth }),
      /can't be reached .*connection refused/,
    );
    assert.deepEqual(savedConnections(), []);
  });

  it('adds connections to a list, with the secret nowhere in the settings', async () => {
    const first = await connectTo(demo);
    const second = await connectTo(demo);
    assert.deepEqual(
      savedConnections().map(({ id }) => id),
      [first, second],
    );
    assert.ok(!JSON.stringify(vscode.workspace.getConfiguration('collibraJobs')).includes(demo.token));
    const [one, two] = api.snapshot();
    assert.notEqual(one?.name, two?.name);
    await removeConnection(first);
    await removeConnection(second);
    assert.deepEqual(savedConnections(), []);
    assert.deepEqual(api.snapshot(), []);
  });

  it('keeps all connections that are made at the same time', async () => {
    const made = await Promise.all([connectTo(demo), connectTo(demo), connectTo(demo)]);
    const saved = savedConnections().map(({ id }) => id);
    assert.deepEqual(saved.toSorted(), made.toSorted());
    for (const id of made) await removeConnection(id);
    assert.deepEqual(savedConnections(), []);
  });

  it('reports a wrong entry of the settings and uses the others', async () => {
    const id = await connectTo(demo, 'Good one');
    const settings = vscode.workspace.getConfiguration('collibraJobs');
    const changed = new Promise((resolve) => vscode.workspace.onDidChangeConfiguration(resolve));
    await settings.update(
      'connections',
      [{ id: 'x' }, 7, ...savedConnections()],
      vscode.ConfigurationTarget.Global,
    );
    await changed;
    assert.deepEqual(
      api.snapshot().map(({ name }) => name),
      ['Good one'],
    );
    await removeConnection(id);
    await settings.update('connections', undefined, vscode.ConfigurationTarget.Global);
  });

  it('finds out which generation an instance speaks, unless it is told', async () => {
    const both = await startDemo({ generations: ['core-2.0', 'jobs-v1'] });
    const found = await connectTo(both);
    assert.equal(snapshotOf(api, found).generation, 'jobs-v1');
    const auth = { kind: 'bearer', token: both.token };
    const argument = { url: both.url, auth, generation: 'core-2.0' };
    const told = String(await vscode.commands.executeCommand('collibraJobs.connect', argument));
    assert.equal(snapshotOf(api, told).generation, 'core-2.0');
    await removeConnection(found);
    await removeConnection(told);
    await both.dispose();
  });

  it('asks again which generation it is when the list is gone, as after an upgrade', async () => {
    const old = await startDemo({ generations: ['core-2.0'] });
    const { token } = old;
    const port = Number(new URL(old.url).port);
    const id = await connectTo(old);
    assert.equal(snapshotOf(api, id).generation, 'core-2.0');
    await old.dispose();
    const upgraded = await startDemo({ generations: ['jobs-v1'], token, port });
    await api.refresh(id);
    assert.equal(snapshotOf(api, id).generation, 'jobs-v1');
    assert.equal(snapshotOf(api, id).status, 'ready');
    await removeConnection(id);
    await upgraded.dispose();
  });

  it('goes stale when the instance is gone, keeps the jobs, and is true again when it is back', async () => {
    const passing = await startDemo();
    const { token } = passing;
    const port = Number(new URL(passing.url).port);
    const id = await connectTo(passing, 'Passing');
    const jobs = groupOf(snapshotOf(api, id), 'running').jobs.length;
    assert.ok(jobs > 0);
    await passing.dispose();
    await assert.rejects(api.refresh(id), { kind: 'unreachable' });
    const stale = snapshotOf(api, id);
    assert.equal(stale.status, 'stale');
    assert.match(stale.error?.message ?? '', /Passing can't be reached/);
    assert.equal(groupOf(stale, 'running').jobs.length, jobs);
    const again = await startDemo({ token, port });
    await api.refresh(id);
    assert.equal(snapshotOf(api, id).status, 'ready');
    await removeConnection(id);
    await again.dispose();
  });
});
