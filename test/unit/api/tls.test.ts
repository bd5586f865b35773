import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { openInstance } from '../../../src/api/open';
import type { CertificateFiles } from '../../../src/api/tls';
import { Authority } from '../../support/certificates';
import { close, listen, loopback } from '../../support/loopback';
import { memoryLog } from '../../support/log';

const askAt = async (url: string, files: CertificateFiles, passphrase?: string) => {
  const credentials = { kind: 'bearer', token: 'top-secret', passphrase } as const;
  const given = {
    name: 'Acme',
    url,
    credentials,
    log: memoryLog(),
    generation: 'core-2.0',
    ...files,
  } as const;
  const { jobs } = await openInstance(given);
  await jobs.find({}, { limit: 1 });
};

/** A TLS server that this project didn't write, which insists on a client certificate of the authority. */
async function startOpenssl(authority: Authority, version: string) {
  const [cert, key] = [authority.file('server.cert.pem'), authority.file('server.key.pem')];
  const verify = ['-CAfile', authority.caFile, '-Verify', '1', '-verify_return_error'];
  const args = ['s_server', '-accept', '127.0.0.1:0', '-www', version, '-cert', cert, '-key', key, ...verify];
  const child = spawn('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [, port] = await new Promise<RegExpExecArray>((resolve) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /ACCEPT 127\.0\.0\.1:(\d+)/.exec(printed);
      if (found) resolve(found);
    });
  });
  const stop = () =>
    new Promise((ended) => {
      child.once('exit', ended);
      child.kill();
    });
  return { url: `https://127.0.0.1:${port}`, stop };
}

describe('the certificates of a connection', function () {
  // Each is made by openssl, and some servers are.
  this.timeout(20_000);
  let authority: Authority;
  before(async () => {
    authority = await Authority.make();
    await authority.issue('server');
    await authority.issue('client', { names: ['DNS:client'] });
    await authority.pack('client', 'open sesame');
  });
  after(() => authority.remove());

  /** Reads one job of a server with this certificate; answers how often it was asked. */
  const ask = async (certificate: ServerOptions, files: CertificateFiles, passphrase?: string) => {
    let requests = 0;
    const server = createServer(certificate, (_request, response) => {
      requests++;
      response.setHeader('content-type', 'application/json').end('{"total":0,"results":[]}');
    });
    const url = (await listen(server)).replace('http:', 'https:');
    try {
      await askAt(url, files, passphrase);
      return requests;
    } finally {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    }
  };
  const server = () => authority.issue('server');
  const asking = async () => ({
    ...(await server()),
    requestCert: true,
    ca: await readFile(authority.caFile),
  });

  it('are trusted when the file of their authority is named', async () => {
    assert.equal(await ask(await server(), { caFile: authority.caFile }), 1);
  });

  it('are refused without, with the cause and the setting that helps', async () => {
    await assert.rejects(ask(await server(), {}), {
      kind: 'certificate',
      message:
        /isn't trusted: unknown issuer\. If it is one of your own, name .* "caFile" .*collibraJobs\.connections/,
    });
  });

  it('are refused when another authority is named', async () => {
    const other = await Authority.make();
    await assert.rejects(ask(await server(), { caFile: other.caFile }), { kind: 'certificate' });
    await other.remove();
  });

  it('are refused when they are expired or made for another host, whoever signed them', async () => {
    const { caFile } = authority;
    const old = await authority.issue('old', { days: -1 });
    await assert.rejects(ask(old, { caFile }), { kind: 'certificate', message: /: expired\. .*renew/ });
    const elsewhere = await authority.issue('elsewhere', { names: ['DNS:collibra.example'] });
    await assert.rejects(ask(elsewhere, { caFile }), {
      kind: 'certificate',
      message: /: made for another host\. Check the address/,
    });
  });

  it('of a client are shown where the instance asks for them', async () => {
    const { caFile } = authority;
    const [certFile, keyFile] = [authority.file('client.cert.pem'), authority.file('client.key.pem')];
    assert.equal(await ask(await asking(), { caFile, certFile, keyFile }), 1);
    const packed = authority.file('client.p12');
    assert.equal(await ask(await asking(), { caFile, certFile: packed }, 'open sesame'), 1);
  });

  it('serve one connection and no other to the same address', async () => {
    const { caFile } = authority;
    const certificate = await authority.issue('local', { names: ['DNS:localhost'] });
    const locked = createServer({ ...certificate, requestCert: true, ca: await readFile(caFile) });
    const open = createServer(certificate);
    const own = { certFile: authority.file('client.cert.pem'), keyFile: authority.file('client.key.pem') };
    const cases: [Server, CertificateFiles, CertificateFiles, string][] = [
      [open, { caFile }, {}, 'certificate'],
      [locked, { caFile, ...own }, { caFile }, 'clientCertificate'],
    ];
    for (const [server, all, few, kind] of cases) {
      server.on('request', (_request, response: ServerResponse) => response.end('{"total":0,"results":[]}'));
      // Of a name Node remembers the TLS session, with what was trusted and shown in it.
      const url = (await listen(server)).replace('http://127.0.0.1', 'https://localhost');
      await askAt(url, all);
      await assert.rejects(askAt(url, few), { kind });
      await askAt(url, all);
      await close(server);
    }
  });

  it('of a client are asked for by name', async () => {
    const { caFile } = authority;
    const other = await Authority.make();
    await other.issue('stranger', { names: ['DNS:stranger'] });
    const strange = { certFile: other.file('stranger.cert.pem'), keyFile: other.file('stranger.key.pem') };
    for (const version of ['-tls1_2', '-tls1_3'])
      for (const files of [{ caFile }, { caFile, ...strange }]) {
        const { url, stop } = await startOpenssl(authority, version);
        await assert.rejects(askAt(url, files), {
          kind: 'clientCertificate',
          message: /client certificate: it (asks for|refuses) .*Check "certFile" and "keyFile"/,
        });
        await stop();
      }
    await other.remove();
  });

  it('of a client are asked for by nginx in words of its own', async () => {
    const server = await loopback((_request, response) =>
      response
        .writeHead(400, { 'content-type': 'text/html' })
        .end('<html><head><title>400 No required SSL certificate was sent</title></head></html>'),
    );
    await assert.rejects(askAt(server.url, {}), { kind: 'clientCertificate' });
    await server.close();
  });

  it('say which of their files is of no use, and why', async () => {
    const { caFile } = authority;
    const certFile = authority.file('client.p12');
    const garbage = authority.file('garbage.pem');
    await writeFile(garbage, '-----BEGIN CERTIFICATE-----\nzzzz\n-----END CERTIFICATE-----\n');
    const cases: [CertificateFiles, string | undefined, RegExp][] = [
      [
        { caFile: '/no/such.pem' },
        undefined,
        /\/no\/such\.pem can't be read: there is no such file\. Check "caFile"/,
      ],
      [{ caFile: 'ca.pem' }, undefined, /ca\.pem can't be read: it is no absolute path/],
      [{ caFile: certFile }, undefined, /client\.p12 has no certificate in PEM/],
      [{ caFile: garbage }, undefined, /garbage\.pem has no certificate in PEM/],
      [{ caFile, certFile }, undefined, /needs a passphrase\. Sign in again to give the passphrase/],
      [{ caFile, certFile }, 'wrong', /the passphrase of its key is wrong/],
      [{ caFile, certFile: authority.file('client.cert.pem') }, undefined, /no certificate and key/],
      [
        { caFile, certFile: authority.file('client.cert.pem'), keyFile: authority.file('server.key.pem') },
        undefined,
        /its key belongs to another certificate/,
      ],
    ];
    for (const [files, passphrase, message] of cases)
      await assert.rejects(ask(await server(), files, passphrase), { message });
  });
});
