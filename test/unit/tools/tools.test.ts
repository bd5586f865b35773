import assert from 'node:assert/strict';
import type { Profile } from '../../../src/connections/profile';
import { Session } from '../../../src/connections/session';
import { startDemo, type Demo, type DemoOptions } from '../../../src/demo/demo';
import { cancelJob, cancelQuestion } from '../../../src/tools/cancelJob';
import type { Connections } from '../../../src/tools/chosen';
import { findJobs } from '../../../src/tools/findJobs';
import { getJob } from '../../../src/tools/getJob';
import { secretsOf, sessionOptions } from '../../support/session';

interface Row {
  readonly id: string;
  readonly endedOn?: string;
}
interface Found {
  readonly connection: { readonly id: string };
  readonly jobs?: readonly Row[];
  readonly more?: boolean;
  readonly total?: number;
  readonly problem?: string;
}

describe('a tool', () => {
  let now: number;
  const demos: Demo[] = [];
  const sessions = new Map<string, Session>();
  const connections: Connections = {
    get all() {
      return [...sessions.values()];
    },
    get: (id) => sessions.get(id),
  };
  const { signal } = new AbortController();
  const demoOf = async (options: DemoOptions = {}) => {
    const demo = await startDemo({ clock: { now: () => now }, ...options });
    demos.push(demo);
    return demo;
  };
  const connect = (demo: Demo, profile: Partial<Profile> & { id: string }) => {
    const given = { name: profile.id, url: demo.url, auth: 'bearer', ...profile } as const;
    const secrets = secretsOf({ kind: 'bearer', token: demo.token });
    const session = new Session(given, sessionOptions({ secrets }));
    sessions.set(profile.id, session);
    return session;
  };
  const find = async (input: object) => {
    const { data } = JSON.parse(await findJobs(connections, input, signal)) as {
      data: { connections: Found[] };
    };
    return data.connections;
  };
  const waiting = (demo: Demo) => {
    const job = demo.jobs().find(({ state, cancelable }) => state === 'WAITING' && cancelable);
    assert.ok(job);
    return job;
  };
  const cancel = (input: object) => cancelJob(connections, input, signal);

  beforeEach(() => (now = Date.now()));
  afterEach(async () => {
    for (const session of sessions.values()) session.dispose();
    sessions.clear();
    for (const demo of demos.splice(0)) await demo.dispose();
  });

  for (const generation of ['core-2.0', 'jobs-v1'] as const) {
    it(`finds as many jobs as are wanted, on as many pages as it takes (${generation})`, async () => {
      const demo = await demoOf({ generations: [generation] });
      connect(demo, { id: 'one' });
      const [found] = await find({ limit: 100 });
      const newest = demo.jobs().toSorted((a, b) => b.createdOn - a.createdOn);
      assert.deepEqual(
        found?.jobs?.map(({ id }) => id).toSorted(),
        newest
          .slice(0, 100)
          .map(({ id }) => id)
          .toSorted(),
      );
      assert.equal(found.more, true);
      assert.equal(found.total, generation === 'core-2.0' ? newest.length : undefined);
    });

    it(`finds jobs of a time, the last first, and says that there are no more (${generation})`, async () => {
      const demo = await demoOf({ generations: [generation] });
      connect(demo, { id: 'one' });
      const from = now - 3_600_000;
      const [found] = await find({ ended: { within: 'hour' }, states: ['completed'], limit: 100 });
      const wanted = demo
        .jobs()
        .filter(({ state, endDate }) => state === 'COMPLETED' && (endDate ?? 0) >= from)
        .toSorted((a, b) => (b.endDate ?? 0) - (a.endDate ?? 0));
      assert.ok(wanted.length > 0 && wanted.length <= 100);
      assert.deepEqual(
        found?.jobs?.map(({ endedOn }) => Date.parse(endedOn ?? '')),
        wanted.map(({ endDate }) => endDate),
      );
      assert.deepEqual([found.more, found.total], [false, wanted.length]);
    });
  }

  it('finds nothing more than it was asked for, and tells that there is more of a time', async () => {
    const demo = await demoOf();
    connect(demo, { id: 'one' });
    const [found] = await find({ ended: { within: 'week' }, limit: 3 });
    assert.equal(found?.jobs?.length, 3);
    assert.equal(found.more, true);
    const [none] = await find({ name: 'nothing is called so' });
    assert.deepEqual([none?.jobs, none?.more, none?.total], [[], false, 0]);
  });

  it('asks all connections that are on, and names those that could not be asked', async () => {
    const demo = await demoOf();
    connect(demo, { id: 'one' });
    connect(demo, { id: 'off', enabled: false });
    connect({ ...demo, token: 'wrong' }, { id: 'refused' });
    const found = await find({ limit: 1 });
    assert.deepEqual(
      found.map(({ connection }) => connection.id),
      ['one', 'refused'],
    );
    assert.equal(found[0]?.jobs?.length, 1);
    assert.match(found[1]?.problem ?? '', /refused did not accept the sign-in/);
    const [off] = await find({ connection: 'off' });
    assert.match(off?.problem ?? '', /off is switched off/);
  });

  it('says so when nothing is connected, or nothing is on', async () => {
    await assert.rejects(find({}), /No Collibra instance is connected/);
    connect(await demoOf(), { id: 'off', enabled: false });
    await assert.rejects(find({}), /All Collibra connections are switched off/);
  });

  it('takes a name for a connection only where one has it', async () => {
    const demo = await demoOf();
    connect(demo, { id: 'one', name: 'Same' });
    connect(demo, { id: 'two', name: 'Same' });
    connect(demo, { id: 'three', name: 'Other' });
    assert.equal((await find({ connection: 'Other', limit: 1 }))[0]?.connection.id, 'three');
    await assert.rejects(find({ connection: 'Same' }), /Several connections have this name.*Same \(one\)/);
    await assert.rejects(find({ connection: 'none' }), /no such connection/);
  });

  it('gives up when the model no longer wants to know', async () => {
    connect(await demoOf(), { id: 'one' });
    const given = AbortSignal.abort();
    await assert.rejects(findJobs(connections, {}, given), { name: 'AbortError' });
  });

  it('tells of a job that is nowhere which connections could not be asked', async () => {
    const demo = await demoOf();
    connect(demo, { id: 'one' });
    connect({ ...demo, token: 'wrong' }, { id: 'refused' });
    const id = '00000000-0000-4000-8000-000000000000';
    await assert.rejects(
      getJob(connections, { id }, signal),
      /There is no job 0.* on one \(one\), refused \(refused\)\. A person has to sign in again.*"data":.*refused did not accept/,
    );
  });

  it('asks with what was just read, in which no text stands in the title', async () => {
    const demo = await demoOf();
    connect(demo, { id: 'one', name: 'Production', label: 'PROD', color: 'red' });
    const { id, name } = waiting(demo);
    const input = { connection: 'one', id, message: 'wrong\u202e file' };
    const { title, facts } = await cancelQuestion(connections, input);
    assert.equal(title, 'Cancel this job on Production (🔴 PROD)?');
    const { Job, State, Instance, ID, ...rest } = Object.fromEntries(facts);
    assert.deepEqual([Job, ID], [name, id]);
    assert.match(State ?? '', /^Waiting/);
    assert.equal(Instance, `Production (🔴 PROD) – ${new URL(demo.url).host}`);
    assert.equal(rest['Message to keep with it'], 'wrong file');
    assert.equal(demo.jobs().find((job) => job.id === id)?.state, 'WAITING');
  });

  it('looks again before it cancels', async () => {
    const demo = await demoOf();
    const session = connect(demo, { id: 'one' });
    const { id } = waiting(demo);
    await cancelQuestion(connections, { connection: 'one', id });
    // Somebody else was faster.
    await session.cancel(id, {});
    now += 60_000;
    await assert.rejects(cancel({ connection: 'one', id }), /was not canceled: it has already finished/);
    await assert.rejects(cancelQuestion(connections, { connection: 'one', id }), /already finished/);
  });

  for (const guard of ['off', 'confirmByName'] as const)
    it(`neither asks nor cancels behind the guard "${guard}", and sends nothing`, async () => {
      const demo = await demoOf();
      const { id } = waiting(demo);
      const session = connect(demo, { id: 'one', cancel: guard });
      session.read = () => assert.fail('nothing is read');
      const input = { connection: 'one', id };
      await assert.rejects(cancelQuestion(connections, input), /Nothing was canceled/);
      await assert.rejects(cancel(input), /Nothing was canceled/);
      assert.equal(demo.jobs().find((job) => job.id === id)?.state, 'WAITING');
    });

  it('cancels nothing on a connection whose guard was changed after the question', async () => {
    const demo = await demoOf();
    const { id } = waiting(demo);
    const session = connect(demo, { id: 'one' });
    await cancelQuestion(connections, { connection: 'one', id });
    session.adopt({ ...session.profile, cancel: 'off' });
    await assert.rejects(cancel({ connection: 'one', id }), /switched off/);
  });

  it('cancels no job but the one that was named, whatever the instance answers', async () => {
    const demo = await demoOf();
    const session = connect(demo, { id: 'one' });
    const [asked, other] = demo.jobs().filter(({ state, cancelable }) => state === 'WAITING' && cancelable);
    assert.ok(asked && other);
    const read = session.read.bind(session);
    session.read = () => read(other.id);
    session.cancel = () => assert.fail('nothing is sent');
    const input = { connection: 'one', id: asked.id };
    await assert.rejects(cancelQuestion(connections, input), /answered with another job/);
    await assert.rejects(cancel(input), /answered with another job/);
  });

  it('asks which connection is meant where the id of one is the name of another', async () => {
    const demo = await demoOf();
    connect(demo, { id: 'prod', name: 'Test' });
    connect(demo, { id: 'two', name: 'prod' });
    await assert.rejects(find({ connection: 'prod' }), /Several connections have this name/);
    assert.equal((await find({ connection: 'Test' }))[0]?.connection.id, 'prod');
  });

  it('finds the one job that is wanted of a time', async () => {
    const demo = await demoOf();
    connect(demo, { id: 'one' });
    const ended = demo.jobs().flatMap(({ endDate }) => endDate ?? []);
    const to = new Date(ended.toSorted((a, b) => b - a)[200] ?? 0).toISOString();
    const [found] = await find({ ended: { to }, limit: 1 });
    assert.deepEqual([found?.jobs?.length, found?.more], [1, true]);
  });
});
