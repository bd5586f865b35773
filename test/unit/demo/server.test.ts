import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { startDemo } from '../../../src/demo/demo';
import { assertError, disposeAll, ok, scene, statusForHost, t0, type OffsetPage } from './support';

describe('demo: the door', () => {
  afterEach(disposeAll);

  it('listens on 127.0.0.1 and gives each start a token of its own', async () => {
    const [one, two] = [await scene(), await scene()];
    assert.match(one.demo.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.notEqual(one.demo.url, two.demo.url);
    // Another address of the loopback network, where only a server on all interfaces would answer.
    const { host, port } = new URL(one.demo.url);
    await assert.rejects(statusForHost(`http://127.0.0.2:${port}`, host, one.demo.token));
    assert.notEqual(one.demo.token, two.demo.token);
    assert.ok(one.demo.token.length >= 32);
  });

  it('answers 401 without a token, with a wrong one and with another scheme, also where nothing is', async () => {
    const { demo, send } = await scene();
    const wrong = ['', 'Bearer', 'Bearer wrong', `Bearer ${demo.token}x`, `Basic ${demo.token}`, demo.token];
    for (const authorization of wrong) {
      for (const path of ['/rest/2.0/jobs', '/nowhere']) {
        const reply = await send('GET', path, { headers: { Authorization: authorization } });
        assertError(reply, 401);
        assert.equal(reply.headers.get('www-authenticate'), 'Bearer');
        assert.ok(!reply.text.includes(demo.token));
      }
    }
    assert.equal((await send('GET', '/rest/2.0/jobs')).status, 200);
  });

  it('answers 404 to paths that it does not have', async () => {
    const { get } = await scene();
    for (const path of ['/', '/rest/2.0', '/rest/2.0/jobs/', '/rest/2.0/assets', '//', '/rest/3.0/jobs']) {
      assertError(await get(path), 404);
    }
  });

  it('answers 405 to methods that a path does not have, and says which it has', async () => {
    const { demo, send } = await scene();
    const id = demo.jobs()[0]?.id ?? '';
    for (const method of ['HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      for (const path of ['/rest/2.0/jobs', `/rest/2.0/jobs/${id}`, '/rest/2.0/users/current']) {
        const reply = await send(method, path);
        assert.equal(reply.status, 405, `${method} ${path}`);
        assert.equal(reply.headers.get('allow'), 'GET');
      }
    }
    assertError(await send('GET', `/rest/2.0/jobs/${id}/canceled`), 405);
  });

  it('answers only to its own address, so that no web page reaches it under another name', async () => {
    const { demo } = await scene();
    const { port } = new URL(demo.url);
    const status = (host: string) => statusForHost(demo.url, host, demo.token);
    assert.equal(await status(`127.0.0.1:${port}`), 200);
    assert.equal(await status(`localhost:${port}`), 200);
    assert.equal(await status(`evil.example:${port}`), 403);
    assert.equal(await status('127.0.0.1'), 403);
    assert.equal(await status(`127.0.0.1:${port}.evil.example`), 403);
  });

  it('tells its own clock in Date, and a new X-Request-Id each time', async () => {
    const { get, clock } = await scene();
    clock.time = t0 + 90_000;
    const [one, two] = [await get('/rest/2.0/jobs?limit=1'), await get('/rest/2.0/jobs?limit=1')];
    assert.equal(Date.parse(one.headers.get('date') ?? ''), t0 + 90_000);
    assert.ok(one.headers.get('x-request-id'));
    assert.notEqual(one.headers.get('x-request-id'), two.headers.get('x-request-id'));
  });

  it('ends when disposed, also a second time, and frees its port', async () => {
    const { demo, get } = await scene();
    ok(await get('/rest/2.0/jobs'));
    await demo.dispose();
    await demo.dispose();
    await assert.rejects(get('/rest/2.0/jobs'));
    const again = await startDemo({ port: Number(new URL(demo.url).port), token: 'chosen' });
    assert.equal(again.url, demo.url);
    assert.equal(again.token, 'chosen');
    await again.dispose();
  });

  it('ends also while a request is on its way', async () => {
    const { demo } = await scene();
    const socket = connect(Number(new URL(demo.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    socket.write('POST /rest/2.0/jobs HTTP/1.1\r\n');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await demo.dispose();
    await closed;
  });

  it('hands out copies of its jobs, which time does not change', async () => {
    const { demo, clock } = await scene();
    const before = demo.jobs();
    const frozen = structuredClone(before);
    clock.time += 600_000;
    assert.notDeepEqual(demo.jobs(), frozen);
    assert.deepEqual(before, frozen);
  });

  it('rejects when its port is taken', async () => {
    const { demo } = await scene();
    await assert.rejects(startDemo({ port: Number(new URL(demo.url).port) }), { code: 'EADDRINUSE' });
  });

  it('serves the generations that it is told, and 404 for the others', async () => {
    const both = ['/rest/2.0/jobs', '/rest/jobs/v1/jobs'];
    const statuses = async (options?: Parameters<typeof scene>[0]) => {
      const { get } = await scene(options);
      return Promise.all(both.map(async (path) => (await get(path)).status));
    };
    assert.deepEqual(await statuses(), [200, 404]);
    assert.deepEqual(await statuses({ generations: ['core-2.0'] }), [200, 404]);
    assert.deepEqual(await statuses({ generations: ['jobs-v1'] }), [404, 200]);
    assert.deepEqual(await statuses({ generations: ['core-2.0', 'jobs-v1'] }), [200, 200]);
  });

  it('gives the same jobs for the same seed and clock, and others for another seed', async () => {
    const list = async (seed: number) => {
      const { get, clock } = await scene({ seed });
      clock.time += 600_000;
      return ok(await get('/rest/2.0/jobs?limit=1000')) as OffsetPage;
    };
    assert.deepEqual(await list(7), await list(7));
    assert.notDeepEqual(await list(7), await list(8));
  });
});
