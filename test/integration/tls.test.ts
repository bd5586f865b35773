import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { ServerOptions } from 'node:https';
import { startDemo, type Demo } from '../../src/demo/demo';
import { isFailure, type FailureKind } from '../../src/jobs/failure';
import { Authority } from '../support/certificates';
import { secureFront, type SecureFront } from '../support/secureFront';
import {
  checkOf,
  connectTo,
  extensionApi,
  groupOf,
  removeConnection,
  savedConnections,
  snapshotOf,
} from './support';

describe('certificates, on the way that VS Code takes to other machines', () => {
  const passphrase = 'open sesame';
  let demo: Demo;
  let authority: Authority;
  let front: SecureFront | undefined;

  before(async () => {
    demo = await startDemo();
    authority = await Authority.make();
  });
  afterEach(async () => {
    for (const { id } of savedConnections()) await removeConnection(id);
    await front?.close();
    front = undefined;
  });
  after(async () => {
    await demo.dispose();
    await authority.remove();
  });

  const serve = async (options: ServerOptions) => (front = await secureFront(demo.url, options));
  const server = ({ url }: SecureFront) => ({ url, token: demo.token });

  /** Connects, sees the jobs, and removes the connection again. */
  const works = async (...args: Parameters<typeof connectTo>) => {
    const id = await connectTo(...args);
    const snapshot = snapshotOf(await extensionApi(), id);
    assert.equal(snapshot.status, 'ready');
    assert.ok(groupOf(snapshot, 'running').jobs.length > 0);
    await removeConnection(id);
  };
  /** Nothing is kept, and the server saw no secret. */
  const failsAs =
    (kind: FailureKind) =>
    async (said: RegExp | string, ...args: Parameters<typeof connectTo>) => {
      const before = front?.arrived.length;
      await assert.rejects(connectTo(...args), (error: unknown) => {
        assert.ok(isFailure(error));
        assert.equal(error.kind, kind);
        if (typeof said === 'string') assert.ok(error.message.includes(said), error.message);
        else assert.match(error.message, said);
        assert.ok(!error.message.includes(demo.token) && !error.message.includes(passphrase));
        return true;
      });
      assert.equal(front?.arrived.length, before);
      assert.deepEqual(savedConnections(), []);
    };

  describe("of the instance's own authority", () => {
    const fails = failsAs('certificate');

    it('are trusted with "caFile", and by no other connection', async () => {
      const own = await serve(await authority.issue('instance'));
      const unknown =
        /certificate of .*127\.0\.0\.2.* isn't trusted: (unknown issuer|self-signed)\. .*"caFile"/;
      await fails(unknown, server(own));
      await works(server(own), 'Private', { caFile: authority.caFile });
      assert.equal(own.arrived[0]?.authorization, `Bearer ${demo.token}`);
      // What one connection trusts is no matter of another one's, though it goes to the same machine.
      await fails(unknown, server(own));
    });

    it('are refused once they have expired', async () => {
      const own = await serve(await authority.issue('old', { days: -1 }));
      const { caFile } = authority;
      await fails(/isn't trusted: expired\. Its administrator has to renew it/, server(own), 'Old', {
        caFile,
      });
    });

    it('are refused when they were made for another host', async () => {
      const own = await serve(await authority.issue('other', { names: ['DNS:elsewhere.example'] }));
      const { caFile } = authority;
      await fails(/isn't trusted: made for another host\. Check the address/, server(own), 'Other', {
        caFile,
      });
    });

    it('are named by "caFile", or the sentence says what is wrong with it', async () => {
      const own = await serve(await authority.issue('instance'));
      const missing = authority.file('missing.pem');
      const absent = `${missing} can't be read: there is no such file. Check "caFile"`;
      await fails(absent, server(own), 'Mine', { caFile: missing });
      const key = authority.file('ca.key.pem');
      await fails(`${key} has no certificate in PEM`, server(own), 'Mine', { caFile: key });
    });

    it('are explained by a check, which names who signed and that no proxy is used', async () => {
      const own = await serve(await authority.issue('instance', { days: 60 }));
      const id = await connectTo(server(own), 'Private', { caFile: authority.caFile });
      const report = await checkOf(id);
      assert.equal(report.match(/^✓ /gm)?.length, 8, report);
      assert.doesNotMatch(report, /^[✗!–] /m);
      assert.match(report, /^✓ Certificate: Trusted: made for instance, signed by Test authority, /m);
      const { port } = new URL(own.url);
      assert.match(report, new RegExp(`goes straight to 127\\.0\\.0\\.2, port ${port}\\.$`, 'm'));
      assert.ok(!report.includes(demo.token));
      await removeConnection(id);
    });
  });

  describe('that the instance asks for', () => {
    const fails = failsAs('clientCertificate');
    const files = () => ({ certFile: authority.file('me.cert.pem'), keyFile: authority.file('me.key.pem') });
    const withCa = (also: object) => ({ caFile: authority.caFile, ...also });
    const serveKnown = async () =>
      serve({
        ...(await authority.issue('instance')),
        requestCert: true,
        ca: await readFile(authority.caFile),
      });
    before(() => authority.issue('me'));

    it('are sent out of PEM files, by the connection that names them and no other', async () => {
      const own = await serveKnown();
      const needed = /can't be reached for its client certificate: it asks for one.*"certFile" and "keyFile"/;
      await fails(needed, server(own), 'Locked', withCa({}));
      await works(server(own), 'Locked', withCa(files()));
      await fails(needed, server(own), 'Locked', withCa({}));
    });

    it('are sent out of a PKCS #12 file that the passphrase opens', async () => {
      const own = await serveKnown();
      const packed = withCa({ certFile: await authority.pack('me', passphrase) });
      await works({ ...server(own), passphrase }, 'Packed', packed);
      const wrong = /client certificate: the passphrase of its key is wrong/;
      await fails(wrong, { ...server(own), passphrase: 'open barley' }, 'Packed', packed);
      await fails(/client certificate: its key needs a passphrase/, server(own), 'Packed', packed);
    });

    it('are missed by the name of their file', async () => {
      const own = await serveKnown();
      for (const setting of ['certFile', 'keyFile']) {
        const missing = authority.file(`missing-${setting}.pem`);
        const sentence = `client certificate: ${missing} can't be read: there is no such file. Check "certFile"`;
        const given = withCa({ ...files(), [setting]: missing });
        await fails(sentence, server(own), 'Locked', given);
      }
    });
  });
});
