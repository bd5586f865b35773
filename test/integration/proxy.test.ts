import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import * as vscode from 'vscode';
import { startDemo, type Demo } from '../../src/demo/demo';
import type { CollibraJobs } from '../../src/extension';
import { isFailure } from '../../src/jobs/failure';
import { Authority } from '../support/certificates';
import { startConnectProxy, type ConnectProxy } from '../support/connectProxy';
import { close, listen } from '../support/loopback';
import { secureFront, type SecureFront } from '../support/secureFront';
import { checkOf, connectTo, extensionApi, removeConnection, savedConnections, snapshotOf } from './support';

/** The setting http.proxy; undefined to reset it. */
async function useProxy(proxy: string | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('http');
  await settings.update('proxy', proxy, vscode.ConfigurationTarget.Global);
}

describe("VS Code's proxy", () => {
  let demo: Demo;

  before(async () => {
    demo = await startDemo();
  });
  afterEach(async () => {
    for (const { id } of savedConnections()) await removeConnection(id);
    await useProxy(undefined);
  });
  after(() => demo.dispose());

  it('is the way that requests take', async () => {
    const { port } = new URL(demo.url);
    const seen: string[] = [];
    // VS Code asks no proxy for 127.0.0.1; the address of the instance exists only for the proxy.
    const proxy = createServer((incoming, response) => {
      const target = new URL(incoming.url ?? '');
      seen.push(target.host);
      const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
      const onward = request(
        { port, path: target.pathname + target.search, method: incoming.method, headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      incoming.pipe(onward);
    });
    await useProxy(await listen(proxy));
    const id = await connectTo({ url: 'http://127.0.0.2:9', token: demo.token });
    assert.equal(snapshotOf(await extensionApi(), id).status, 'ready');
    assert.ok(seen.length > 0 && seen.every((host) => host === '127.0.0.2:9'), seen.join());
    await close(proxy);
  });

  describe('in front of an instance that speaks https', () => {
    let api: CollibraJobs;
    let authority: Authority;
    let front: SecureFront;
    let proxy: ConnectProxy | undefined;

    before(async () => {
      api = await extensionApi();
      authority = await Authority.make();
      front = await secureFront(demo.url, await authority.issue('instance', { days: 60 }));
    });
    afterEach(async () => {
      await proxy?.close();
      proxy = undefined;
    });
    after(async () => {
      await front.close();
      await authority.remove();
    });

    const proxied = async (options: Parameters<typeof startConnectProxy>[0], user?: string) => {
      proxy = await startConnectProxy(options);
      await useProxy(`http://${user === undefined ? '' : `${user}@`}${proxy.host}`);
      return proxy;
    };
    const connect = () =>
      connectTo({ url: front.url, token: demo.token }, 'Acme', { caFile: authority.caFile });
    /** The sentence of a connection that fails for its proxy. Nothing is kept, nothing reached the instance. */
    const failure = async () => {
      const before = front.arrived.length;
      const error: unknown = await connect().then(
        () => assert.fail('it connected'),
        (reason: unknown) => reason,
      );
      assert.ok(isFailure(error), String(error));
      assert.equal(error.kind, 'proxy', error.message);
      assert.equal(front.arrived.length, before);
      assert.deepEqual(savedConnections(), []);
      assert.ok(!error.message.includes(demo.token));
      return error.message;
    };

    it('passes on what it cannot read', async () => {
      const { targets, readable } = await proxied({});
      const id = await connect();
      assert.equal(snapshotOf(api, id).status, 'ready');
      assert.deepEqual([...new Set(targets)], [front.host]);
      assert.deepEqual(readable, []);
    });

    it('gets the user and the password of the setting', async () => {
      const { targets } = await proxied({ credentials: 'anna:s3cret word' }, 'anna:s3cret%20word');
      const id = await connect();
      assert.equal(snapshotOf(api, id).status, 'ready');
      assert.ok(targets.length > 0);
    });

    it('is named when it asks for a user and a password', async () => {
      await proxied({ credentials: 'anna:s3cret' });
      const said = 'it asks for a user and a password. Check the setting http.proxy.';
      assert.equal(await failure(), `The proxy in front of Acme refused: ${said}`);
      await useProxy(`http://anna:wrong@${proxy?.host}`);
      assert.equal(await failure(), `The proxy in front of Acme refused: ${said}`);
    });

    for (const status of [401, 403, 502])
      it(`is named with its status when it answers ${status}`, async () => {
        await proxied({ refuse: status });
        const said = `it answered with status ${status}. Check the setting http.proxy.`;
        assert.equal(await failure(), `The proxy in front of Acme refused: ${said}`);
      });

    it('is named with its address when nobody is there', async () => {
      const gone = await startConnectProxy();
      await gone.close();
      await useProxy(`http://anna:s3cret@${gone.host}`);
      const said = `no connection to ${gone.host}. Check the setting http.proxy.`;
      assert.equal(await failure(), `The proxy in front of Acme refused: ${said}`);
    });

    it('that refuses for a while costs nobody the sign-in', async () => {
      const id = await connect();
      await proxied({ refuse: 401 });
      await assert.rejects(api.refresh(id), { kind: 'proxy' });
      assert.equal(snapshotOf(api, id).status, 'stale');
      await useProxy(undefined);
      await api.refresh(id);
      assert.equal(snapshotOf(api, id).status, 'ready');
    });

    it('is told by a check, with the authority that signed for the instance', async () => {
      const { host } = await proxied({ credentials: 'anna:s3cret' }, 'anna:s3cret');
      const report = await checkOf(await connect());
      assert.equal(report.match(/^✓ /gm)?.length, 8, report);
      assert.doesNotMatch(report, /^[✗!–] /m);
      assert.match(report, /^✓ Certificate: Trusted: made for instance, signed by Test authority, /m);
      const [address, port] = host.split(':');
      assert.ok(report.includes(`✓ Proxy: The line goes through ${address}, port ${port}.`), report);
      assert.ok(report.includes(`The setting http.proxy names ${host}.`), report);
      for (const secret of [demo.token, 's3cret']) assert.ok(!report.includes(secret));
    });

    it('is what a check blames when it refuses', async () => {
      const id = await connect();
      await proxied({ refuse: 403 });
      const report = await checkOf(id);
      assert.match(report, /^✗ Proxy: The proxy in front of Acme refused: it answered with status 403\./m);
      assert.match(report, /^– Sign-in: not checked$/m);
    });
  });
});
