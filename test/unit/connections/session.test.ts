import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Latches } from '../../../src/api/latch';
import type { Profile } from '../../../src/connections/profile';
import { Refusals } from '../../../src/connections/refusals';
import { Secrets } from '../../../src/connections/secrets';
import { Session } from '../../../src/connections/session';
import { startDemo, type Demo } from '../../../src/demo/demo';
import { jwt } from '../../support/jwt';
import { json, loopback, type Loopback } from '../../support/loopback';
import { memoryStorage, secretsOf, sessionOptions } from '../../support/session';

describe('Session', () => {
  it('keeps saying "sign in" when a refresh succeeds after the secret was refused', async () => {
    let release: (() => void) | undefined;
    let held: (() => void) | undefined;
    const holding = new Promise<void>((resolve) => (held = resolve));
    const server = await loopback((request, response) => {
      const list = { total: 0, results: [] };
      if (request.path !== '/rest/2.0/jobs') json(response, {}, 401);
      else if (request.query.get('states') !== 'COMPLETED') json(response, list);
      else {
        // The last request of the refresh is under way while another one is refused.
        release = () => json(response, list);
        held?.();
      }
    });
    const session = new Session(
      { id: 'one', name: 'Acme', url: server.url, auth: 'bearer', generation: 'core-2.0' },
      sessionOptions(),
    );
    const refreshed = session.refresh();
    await holding;
    await assert.rejects((await session.api()).get('x'), { kind: 'signInNeeded' });
    release?.();
    await refreshed;
    assert.equal(session.state.status.kind, 'signInNeeded');
    const sent = server.arrived.length;
    await assert.rejects(session.refresh(), { kind: 'signInNeeded' });
    assert.equal(server.arrived.length, sent);
    session.dispose();
    await server.close();
  });

  describe('with a secret that the server refuses', () => {
    const profile = { id: 'one', name: 'Acme', auth: 'basic', username: 'jdoe' } as const;
    const credentials = { kind: 'basic', username: 'jdoe', password: 'old' } as const;
    let folder: string;
    let server: Loopback;
    let password: string;
    /** What VS Code keeps of the secret; a window of the web has a copy of its own. */
    let stored: Map<string, string>;
    const sessions: Session[] = [];
    const refused = () => server.arrived.filter(({ headers }) => headers.authorization !== right()).length;
    const right = () => `Basic ${Buffer.from(`jdoe:${password}`).toString('base64')}`;

    /** A window: its own memory, the same files. */
    const window = (storage = stored, latches = new Latches(), id = 'one') => {
      const refusals = new Refusals(folder);
      const secrets = new Secrets(memoryStorage(storage), refusals);
      const given = { ...profile, id, url: server.url };
      const session = new Session(given, sessionOptions({ secrets, refusals, latches }));
      sessions.push(session);
      return { session, secrets, owner: given };
    };
    const signInNeeded = async (asked: Promise<unknown>[]) => {
      for (const each of await Promise.allSettled(asked)) {
        assert.equal(each.status, 'rejected');
        assert.equal((each.reason as { kind?: string }).kind, 'signInNeeded');
      }
    };

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'windows-'));
      stored = new Map();
      password = 'new';
      server = await loopback((request, response) => {
        if (request.headers.authorization === right()) json(response, { total: 0, results: [] });
        else json(response, {}, 401);
      });
    });
    afterEach(async () => {
      for (const session of sessions.splice(0)) session.dispose();
      await server.close();
      await rm(folder, { recursive: true });
    });

    it('sends it once, from three windows that start at the same time', async () => {
      const first = window();
      await first.secrets.set(first.owner, credentials);
      // Windows of the web have a copy of the storage each, and hear nothing of each other.
      const windows = [first, window(new Map(stored)), window(new Map(stored))];
      await signInNeeded(windows.map(({ session }) => session.refresh()));
      await signInNeeded(windows.map(({ session }) => session.refresh()));
      await signInNeeded(windows.map(async ({ session }) => (await session.api()).get('x')));
      // What a check would need to ask is not given out either.
      await signInNeeded(windows.map(({ session }) => session.given()));
      assert.equal(server.arrived.length, 1);
      // A restart knows too, wherever the secret was copied to.
      await signInNeeded([window().session.refresh(), window(new Map(stored)).session.refresh()]);
      assert.equal(server.arrived.length, 1);
    });

    it('sends it once, from three windows that were signed in when the password changed', async () => {
      password = 'old';
      const first = window();
      await first.secrets.set(first.owner, credentials);
      const windows = [first, window(new Map(stored)), window(new Map(stored))];
      await Promise.all(windows.map(({ session }) => session.refresh()));
      const before = server.arrived.length;
      password = 'new';
      for (const { session } of windows) await signInNeeded([session.refresh()]);
      assert.equal(server.arrived.length, before + 1);
      for (const { session } of windows) assert.equal(session.state.status.kind, 'signInNeeded');
    });

    it('sends it once, from three connections of one window', async () => {
      const latches = new Latches();
      const windows = ['one', 'two', 'three'].map((id) => window(stored, latches, id));
      for (const { secrets, owner } of windows) await secrets.set(owner, credentials);
      await signInNeeded(windows.map(({ session }) => session.refresh()));
      assert.equal(refused(), 1);
      // Each knows after a restart that its secret is refused.
      await signInNeeded(
        ['one', 'two', 'three'].map((id) => window(stored, new Latches(), id).session.refresh()),
      );
      assert.equal(refused(), 1);
    });

    it('works again in the window in which the person gave a new one', async () => {
      const first = window();
      await first.secrets.set(first.owner, credentials);
      const other = window(new Map(stored));
      await signInNeeded([first.session.refresh()]);
      await first.secrets.set(first.owner, { ...credentials, password: 'new' });
      await first.session.signIn();
      assert.equal(first.session.state.status.kind, 'ready');
      // The other window still has the old secret, and still doesn't send it.
      await signInNeeded([other.session.refresh()]);
      assert.equal(refused(), 1);
    });

    it('takes a new one that another window stored before the old one is refused', async () => {
      const { session, secrets, owner } = window();
      password = 'old';
      await secrets.set(owner, credentials);
      await session.refresh();
      password = 'new';
      await secrets.set(owner, { ...credentials, password });
      const asked = server.arrived.length;
      await session.secretChanged();
      assert.equal(refused(), asked, 'only those that were right before');
      assert.equal(session.state.status.kind, 'ready');
      const after = server.arrived.length;
      assert.ok(after > asked);
      await session.secretChanged();
      assert.equal(server.arrived.length, after, 'it asks once');
    });

    it('sends it once when its settings change while the answer is under way', async () => {
      let arrive: ((refuse: () => void) => void) | undefined;
      const arrival = new Promise<() => void>((resolve) => (arrive = resolve));
      await server.close();
      server = await loopback((_request, response) => arrive?.(() => json(response, {}, 401)));
      const latches = new Latches();
      const first = window(stored, latches);
      await first.secrets.set(first.owner, credentials);
      const ended = first.session.refresh();
      const refuse = await arrival;
      first.session.dispose();
      await assert.rejects(ended, { name: 'AbortError' });
      const again = window(stored, latches).session.refresh();
      refuse();
      await signInNeeded([again]);
      assert.equal(refused(), 1);
      assert.equal((await first.secrets.get(first.owner))?.rejected, true);
    });

    it('sends it once where nothing can be stored', async () => {
      const secrets = { ...secretsOf(credentials), reject: () => Promise.reject(new Error('read-only')) };
      const options = sessionOptions({ secrets });
      const unhandled: unknown[] = [];
      const note = (reason: unknown) => void unhandled.push(reason);
      process.on('unhandledRejection', note);
      for (let restart = 0; restart < 2; restart++) {
        const session = new Session({ ...profile, url: server.url }, options);
        sessions.push(session);
        await signInNeeded([session.refresh(), session.refresh()]);
      }
      await new Promise((done) => setImmediate(done));
      process.off('unhandledRejection', note);
      assert.deepEqual(unhandled, []);
      assert.equal(refused(), 1);
    });

    it('lets the person try the same secret again', async () => {
      const first = window();
      await first.secrets.set(first.owner, credentials);
      await signInNeeded([first.session.refresh()]);
      password = 'old';
      await first.secrets.set(first.owner, credentials);
      await first.session.signIn();
      assert.equal(first.session.state.status.kind, 'ready');
    });
  });

  describe('with a guard', () => {
    let demo: Demo;
    const sessions: Session[] = [];
    const open = (profile: Partial<Profile>) => {
      const given = { id: 'one', name: 'Acme', url: demo.url, auth: 'bearer', ...profile } as const;
      const secrets = secretsOf({ kind: 'bearer', token: demo.token });
      const session = new Session(given, sessionOptions({ secrets }));
      sessions.push(session);
      return session;
    };
    const cancelable = () => demo.jobs().find((job) => job.state === 'WAITING' && job.cancelable);
    const stateOf = (id: string) => demo.jobs().find((job) => job.id === id)?.state;

    beforeEach(async () => (demo = await startDemo({ clock: { now: () => 1_790_000_000_000 } })));
    afterEach(async () => {
      for (const session of sessions.splice(0)) session.dispose();
      await demo.dispose();
    });

    it('cancels nothing where that is off, whoever asks and however', async () => {
      const job = cancelable();
      assert.ok(job);
      const session = open({ cancel: 'off' });
      await session.refresh();
      assert.match(session.refusal(await session.read(job.id)) ?? '', /switched off/);
      for (const byName of [undefined, false, true])
        await assert.rejects(session.cancel(job.id, { byName }), {
          kind: 'guarded',
          message: /Acme was not asked to cancel: that is switched off.*"cancel" of the connection/,
        });
      assert.equal(stateOf(job.id), 'WAITING');
    });

    it('cancels only what was confirmed by name where that is wanted', async () => {
      const job = cancelable();
      assert.ok(job);
      const session = open({ cancel: 'confirmByName' });
      assert.equal(session.refusal(await session.read(job.id)), undefined);
      await assert.rejects(session.cancel(job.id, {}), { kind: 'guarded' });
      assert.equal(stateOf(job.id), 'WAITING');
      await session.cancel(job.id, { byName: true });
      assert.notEqual(stateOf(job.id), 'WAITING');
    });

    it('sends nothing while it is switched off', async () => {
      let sent = 0;
      const watched = await loopback((_request, response) => {
        sent++;
        json(response, { total: 0, results: [] });
      });
      const session = open({ url: watched.url, enabled: false });
      session.attend({ focused: true, visible: true });
      assert.equal(session.state.status.kind, 'off');
      await assert.rejects(session.refresh(), { kind: 'off', message: /Acme is switched off/ });
      await assert.rejects(session.api(), { kind: 'off' });
      await assert.rejects(session.given(), { kind: 'off' });
      assert.equal(await session.me(), undefined);
      assert.equal(session.state.status.kind, 'off');
      assert.equal(sent, 0);
      await watched.close();
    });

    it('sends nothing after its end, also for who still has hold of it', async () => {
      const id = '01929a5e-0000-7000-8000-000000000001';
      let arrive: ((answer: () => void) => void) | undefined;
      const arrival = new Promise<() => void>((resolve) => (arrive = resolve));
      const watched = await loopback((_request, response) =>
        arrive?.(() => json(response, { id, state: 'RUNNING', cancelable: true })),
      );
      const session = open({ url: watched.url, generation: 'core-2.0' });
      const api = await session.api();
      // Another extension's own signal, which says nothing of the connection.
      const { signal } = new AbortController();
      const cancel = session.cancel(id, { signal });
      const answer = await arrival;
      session.dispose();
      answer();
      await assert.rejects(cancel, { name: 'AbortError' });
      await assert.rejects(api.find({}, { limit: 1 }, signal), { name: 'AbortError' });
      // A person who was asked before is told.
      await assert.rejects(session.cancel(id, {}), { kind: 'guarded', message: /was changed meanwhile/ });
      assert.equal(await session.me(), undefined);
      assert.deepEqual(
        watched.arrived.map(({ method }) => method),
        ['GET'],
      );
      await watched.close();
    });

    it('names the people of a job, and asks once for each', async () => {
      const session = open({});
      const { id } = demo.jobs()[0] ?? { id: '' };
      const job = await session.read(id);
      assert.ok(job?.createdBy !== undefined);
      const names = await session.names(job);
      assert.match(names[job.createdBy] ?? '', /^\w+ \w+$/);
      assert.equal((await session.me())?.name, 'Amelia Novak');
    });
  });

  it('knows when its token expires', async () => {
    const server = await loopback((_request, response) => json(response, { total: 0, results: [] }));
    const expires = Math.floor(Date.now() / 1000) * 1000 + 270_000;
    const token = jwt({ exp: expires / 1000 });
    const session = new Session(
      { id: 'one', name: 'Acme', url: server.url, auth: 'bearer' },
      sessionOptions({ secrets: secretsOf({ kind: 'bearer', token }) }),
    );
    assert.equal(session.tokenMinutes, undefined);
    await session.refresh();
    assert.equal(session.expires, expires);
    assert.equal(session.tokenMinutes, 5);
    session.dispose();
    await server.close();
  });
});
