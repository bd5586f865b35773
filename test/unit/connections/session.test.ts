import assert from 'node:assert/strict';
import type { Profile } from '../../../src/connections/profile';
import { Session, type SessionOptions } from '../../../src/connections/session';
import { startDemo, type Demo } from '../../../src/demo/demo';
import { jwt } from '../../support/jwt';
import { json, loopback } from '../../support/loopback';
import { secretsOf, sessionOptions } from '../../support/session';

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
      await assert.rejects(session.me(), { kind: 'off' });
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
      await assert.rejects(session.me(), { name: 'AbortError' });
      assert.deepEqual(
        watched.arrived.map(({ method }) => method),
        ['GET'],
      );
      await watched.close();
    });

    it('tells what an import did', async () => {
      const { id } = demo.jobs().find(({ type, state }) => type === 'IMPORT' && state === 'COMPLETED') ?? {
        id: '',
      };
      const results = await open({}).importResults();
      assert.equal((await results.summary(id)).kind, 'summary');
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

  describe('with a filter', () => {
    it('shows what it lets through from then on, and remembers it', async () => {
      const demo = await startDemo({ clock: { now: () => 1_790_000_000_000 } });
      const kept = new Map<string, string>();
      const wanted: SessionOptions['wanted'] = {
        get: (id) => JSON.parse(kept.get(id) ?? '{}') as unknown,
        set: (id, now) => void kept.set(id, JSON.stringify(now)),
      };
      const secrets = secretsOf({ kind: 'bearer', token: demo.token });
      const open = () =>
        new Session(
          { id: 'one', name: 'Acme', url: demo.url, auth: 'bearer' },
          sessionOptions({ secrets, wanted }),
        );
      const session = open();
      await session.refresh();
      const running = session.state.groups.running.jobs;
      const [looked] = running;
      assert.ok(looked && running.length > 1);
      const unpin = session.store.pin(looked.id);
      await session.show({ filter: { states: ['failed'], types: ['IMPORT'] } });
      await session.openGroup('failed');
      const expected = demo.jobs().filter(({ state, type }) => state === 'ERROR' && type === 'IMPORT').length;
      const { failed } = session.state.groups;
      assert.equal(failed.total, expected);
      assert.ok(failed.jobs.length > 0 && failed.jobs.every(({ type }) => type === 'IMPORT'));
      assert.deepEqual(session.state.groups.running.jobs, []);
      // A page of a job is about that job, whatever the panel shows.
      assert.equal(session.store.job(looked.id)?.id, looked.id);
      assert.equal((await session.read(looked.id))?.id, looked.id);
      assert.deepEqual(session.state.groups.running.jobs, []);
      unpin();
      session.dispose();

      const again = open();
      assert.equal(JSON.stringify(again.filter), JSON.stringify({ states: ['failed'], types: ['IMPORT'] }));
      await again.refresh();
      assert.deepEqual(again.state.groups.running.jobs, []);
      await again.show({ filter: {}, sort: { field: 'name', order: 'asc' } });
      const names = again.state.groups.running.jobs.map(({ name }) => name);
      assert.deepEqual(names, names.toSorted());
      await again.openGroup('completed');
      const [first] = again.state.groups.completed.jobs;
      const completed = demo.jobs().filter(({ state }) => state === 'COMPLETED');
      assert.equal(first?.name, completed.map(({ name }) => name).toSorted()[0]);
      assert.equal(again.state.groups.running.jobs.length, running.length);
      again.dispose();
      await demo.dispose();
    });

    it('drops what was asked for before, however late it comes', async () => {
      let hold: (() => void) | undefined;
      let held: (() => void) | undefined;
      const holding = new Promise<void>((resolve) => (held = resolve));
      const job = (id: string, type: string) => ({
        id,
        resourceType: 'Job',
        state: 'RUNNING',
        type,
        createdOn: 1,
      });
      const server = await loopback((request, response) => {
        const answer = () => {
          const rows = [job('a', 'IMPORT'), job('b', 'EXPORT')];
          const types = request.query.getAll('types');
          const results = types.length > 0 ? rows.filter(({ type }) => types.includes(type)) : rows;
          json(response, { total: results.length, results });
        };
        if (hold || request.query.get('states') === 'COMPLETED' || !request.query.has('states')) answer();
        else {
          hold = answer;
          held?.();
        }
      });
      const session = new Session(
        { id: 'one', name: 'Acme', url: server.url, auth: 'bearer', generation: 'core-2.0' },
        sessionOptions(),
      );
      const first = session.refresh();
      await holding;
      const filtered = session.show({ filter: { types: ['EXPORT'] } });
      hold?.();
      await assert.rejects(first, { name: 'AbortError' });
      await filtered;
      assert.deepEqual(
        session.state.groups.running.jobs.map(({ id }) => id),
        ['b'],
      );
      session.dispose();
      await server.close();
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
