import assert from 'node:assert/strict';
import type { Profile } from '../../../src/connections/profile';
import { Session } from '../../../src/connections/session';
import type { KeptCancels } from '../../../src/jobs/cancellation';
import { json, loopback, type Loopback } from '../../support/loopback';
import { sessionOptions } from '../../support/session';

const id = '11111111-1111-4111-8111-111111111111';

for (const [generation, path, method] of [
  ['core-2.0', '/rest/2.0/jobs', 'POST'],
  ['jobs-v1', '/rest/jobs/v1/jobs', 'DELETE'],
] as const)
  describe(`the cancels of a session that speaks ${generation}`, () => {
    let server: Loopback;
    let state: string;
    /** What becomes of the next requests: their connection is cut. */
    let cut: string[];
    /** The job's state from the next cut on. */
    let stateThen: string | undefined;
    let kept: KeptCancels | undefined;
    const sessions: Session[] = [];

    /** A window with the connection; the next one finds what this one left. */
    const open = (profile: Partial<Profile> = {}) => {
      let tell: ((sentence: string) => void) | undefined;
      const told = new Promise<string>((resolve) => (tell = resolve));
      const given = { id: 'one', name: 'Acme', url: server.url, auth: 'bearer', generation } as const;
      const session = new Session(
        { ...given, ...profile },
        sessionOptions({
          cancels: { get: () => kept, set: (_id, cancels) => (kept = cancels) },
          tell: (sentence) => tell?.(sentence),
        }),
      );
      sessions.push(session);
      return { session, told };
    };
    const sent = (wanted: string) => server.arrived.filter((request) => request.method === wanted).length;
    const stage = ({ store }: Session) => store.state.cancels.get(id);
    beforeEach(async () => {
      state = 'RUNNING';
      cut = [];
      stateThen = undefined;
      kept = undefined;
      server = await loopback((request, response) => {
        if (cut[0] === request.method) {
          cut.shift();
          state = stateThen ?? state;
          response.destroy();
        } else if (request.method !== 'GET') response.writeHead(method === 'POST' ? 202 : 204).end();
        else if (request.path === path)
          json(response, { total: 1, results: [{ id, name: 'Import', state }] });
        else json(response, { id, name: 'Import', state });
      });
    });
    afterEach(async () => {
      for (const session of sessions.splice(0)) session.dispose();
      await server.close();
    });

    it('send one again whose answer was cut off, straight after a look at the job', async () => {
      const { session } = open();
      cut = [method];
      await session.cancel(id, { message: 'wrong file' });
      assert.equal(sent(method), 2);
      const [first, second] = server.arrived.filter((request) => request.method === method);
      assert.equal(first?.body, second?.body);
      assert.equal(first?.query.toString(), second?.query.toString());
      assert.equal(stage(session)?.kind, 'accepted');
      await assert.rejects(session.cancel(id, {}), { kind: 'conflict', message: /being canceled already/ });
      assert.match(session.refusal(await session.read(id)) ?? '', /being canceled already/);
      assert.equal(sent(method), 2);
    });

    it('say that the job finished first when its answer was cut off and a look finds that', async () => {
      const { session } = open();
      cut = [method];
      stateThen = 'COMPLETED';
      await assert.rejects(session.cancel(id, {}), { kind: 'conflict', message: /already finished/ });
      assert.equal(sent(method), 1);
      assert.equal(stage(session)?.kind, 'finishedFirst');
    });

    it('leave nothing behind when the look before already fails', async () => {
      const { session } = open();
      cut = ['GET'];
      await assert.rejects(session.cancel(id, {}), { kind: 'unreachable' });
      assert.equal(stage(session), undefined);
      assert.equal(kept, undefined);
      assert.equal(session.refusal({ id, state: 'running' }), undefined);
    });

    it('are followed by the next window, which tells the person', async () => {
      const before = open().session;
      await before.refresh();
      await before.cancel(id, { tell: true });
      before.dispose();
      const { session, told } = open();
      await session.refresh();
      assert.deepEqual(
        session.state.groups.canceling.jobs.map((job) => job.id),
        [id],
      );
      state = generation === 'jobs-v1' ? 'DELETED' : 'CANCELED';
      assert.equal(await told, 'Canceled on Acme: Import');
      assert.equal(sent(method), 1);
      assert.equal(kept, undefined);
    });

    for (const cancel of ['off', 'confirmByName'] as const)
      it(`are not sent again by a window whose guard forbids it (${cancel})`, async () => {
        kept = {
          [id]: { stage: { kind: 'asked' }, asked: Date.now(), resent: false, request: { tell: true } },
        };
        const { session } = open({ cancel });
        await new Promise<void>((resolve) => {
          session.store.onDidChange(() => {
            const now = stage(session);
            if (now?.kind === 'unanswered' && !now.open) resolve();
          });
        });
        assert.equal(sent(method), 0);
        assert.equal(kept, undefined);
      });

    it('send nothing where the connection is switched off, and are kept', async () => {
      kept = {
        [id]: {
          stage: { kind: 'accepted', since: Date.now() },
          asked: Date.now(),
          resent: false,
          request: {},
        },
      };
      const { session } = open({ enabled: false });
      await assert.rejects(session.cancel('other', {}), { kind: 'off' });
      assert.equal(server.arrived.length, 0);
      assert.ok(kept);
    });
  }).timeout(10_000);
