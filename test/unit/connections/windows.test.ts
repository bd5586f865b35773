import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Latches } from '../../../src/api/latch';
import { Refusals } from '../../../src/connections/refusals';
import { Secrets } from '../../../src/connections/secrets';
import { Session } from '../../../src/connections/session';
import { json, loopback, type Loopback } from '../../support/loopback';
import { memoryStorage, secretsOf, sessionOptions } from '../../support/session';

describe('Session, with a secret that the server refuses', () => {
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
