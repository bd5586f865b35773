import assert from 'node:assert/strict';
import { createServer as createSecureServer } from 'node:https';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { CollibraError } from '../../../src/api/errors';
import { Http } from '../../../src/api/http';
import { Latch } from '../../../src/api/latch';
import { Transport, type Request } from '../../../src/api/transport';
import { json, listen, loopback, type Handler, type Loopback } from '../../support/loopback';
import { selfSigned } from '../../support/certificates';
import { memoryLog } from '../../support/log';

const secret = 'Bearer top-secret';
const html = '<!DOCTYPE html><html><form action="/saml"><input type="password"></form></html>';

describe('Http', () => {
  let server: Loopback | undefined;
  let latch: Latch;
  const log = memoryLog();

  const client = (url: string, timeout?: number) => {
    latch = new Latch();
    const transport = new Transport({ instance: 'Acme', url, log, timeout });
    return new Http(transport, { authorization: () => secret }, latch);
  };
  const ask = async (handler: Handler, request: Partial<Request> = {}, timeout?: number) => {
    server = await loopback(handler);
    return client(server.url, timeout).request({ method: 'GET', path: '/rest/2.0/jobs', ...request });
  };
  const rejection = async (asked: Promise<unknown>): Promise<CollibraError> => {
    const error = await asked.then(
      () => assert.fail('it resolved'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof CollibraError, String(error));
    return error;
  };

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  after(() => {
    assert.ok(log.lines.length > 0);
    assert.deepEqual(
      log.lines.filter((line) => line.includes('top-secret')),
      [],
    );
  });

  it('sends the sign-in and answers with parsed JSON and the clock of the server', async () => {
    const answer = await ask((_request, response) => {
      response.setHeader('date', 'Mon, 23 Nov 2026 10:00:00 GMT');
      json(response, { a: 1 });
    });
    assert.deepEqual(answer.body, { a: 1 });
    assert.match(log.lines.at(-1) ?? '', /^trace #\d+ GET \/rest\/2\.0\/jobs .*→ 200, \d+ ms, 7 bytes$/);
    assert.equal(answer.serverTime, Date.UTC(2026, 10, 23, 10));
    assert.equal(server?.arrived[0]?.headers.authorization, secret);
  });

  it('reads a compressed answer', async () => {
    const answer = await ask((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}')),
    );
    assert.deepEqual(answer.body, { a: 1 });
  });

  const statuses: [number, CollibraError['kind']][] = [
    [400, 'unsupported'],
    [401, 'signInNeeded'],
    [403, 'forbidden'],
    [404, 'notFound'],
    [407, 'proxy'],
    [409, 'conflict'],
    [410, 'notFound'],
    [429, 'rateLimited'],
    [500, 'server'],
    [503, 'server'],
  ];
  for (const [status, kind] of statuses) {
    it(`says ${kind} for status ${status}, in the server's own words`, async () => {
      const body = { statusCode: status, errorCode: 'someCode', userMessage: 'Ask Jane.' };
      const error = await rejection(
        ask((_request, response) => {
          response.setHeader('x-request-id', 'r-7');
          json(response, body, status);
        }),
      );
      const { userMessage, errorCode, requestId, message } = error;
      assert.deepEqual({ kind: error.kind, status: error.status }, { kind, status });
      assert.deepEqual(
        { userMessage, errorCode, requestId },
        { userMessage: 'Ask Jane.', errorCode: 'someCode', requestId: 'r-7' },
      );
      assert.match(message, /Acme.*Ask Jane\./);
    });
  }

  it('never says undefined or null where the server gave no reason', async () => {
    for (const body of [{}, { userMessage: null }, { userMessage: 'null: null' }, null, 'x']) {
      const { message } = await rejection(ask((_request, response) => json(response, body, 500)));
      assert.match(message, /status 500/);
      assert.doesNotMatch(message, /undefined|null|\{\}/);
      await server?.close();
    }
  });

  it('reads Retry-After in seconds and as a date', async () => {
    const wait = async (value: string) => {
      const error = await rejection(
        ask((_request, response) => response.writeHead(429, { 'retry-after': value }).end()),
      );
      await server?.close();
      return error.retryAfter ?? -1;
    };
    assert.equal(await wait('7'), 7000);
    const byDate = await wait(new Date(Date.now() + 60_000).toUTCString());
    assert.ok(byDate > 50_000 && byDate <= 60_000, String(byDate));
    assert.equal(await wait('soon'), -1);
  });

  for (const status of [200, 403, 503]) {
    it(`recognizes a sign-in page with status ${status} as single sign-on`, async () => {
      const asked = ask((_request, response) =>
        response.writeHead(status, { 'content-type': 'text/html' }).end(html),
      );
      assert.equal((await rejection(asked)).kind, 'singleSignOn');
    });
  }

  it('takes any other web page for something that is not Collibra', async () => {
    const asked = ask((_request, response) => response.end('<html><h1>It works</h1></html>'));
    assert.equal((await rejection(asked)).kind, 'notCollibra');
  });

  it('follows no redirect to another origin, where the sign-in would leak', async () => {
    const other = await loopback((_request, response) => json(response, {}));
    const asked = ask((_request, response) => response.writeHead(302, { location: `${other.url}/x` }).end());
    assert.equal((await rejection(asked)).kind, 'singleSignOn');
    assert.deepEqual(other.arrived, []);
    await other.close();
  });

  it('says where to go when the instance redirects to https', async () => {
    const asked = ask((_request, response) =>
      response.writeHead(301, { location: 'https://127.0.0.1/catalog' }).end(),
    );
    const { kind, message } = await rejection(asked);
    assert.equal(kind, 'notCollibra');
    assert.match(message, /it redirects to https:\/\/127\.0\.0\.1\/catalog/);
  });

  it('rejects broken JSON as an answer that can not be read', async () => {
    const asked = ask((_request, response) => response.end('{"results":['));
    assert.equal((await rejection(asked)).kind, 'badAnswer');
  });

  it('gives up on a server that stalls', async () => {
    const asked = ask((_request, response) => void response.writeHead(200).write('{'), {}, 200);
    assert.equal((await rejection(asked)).kind, 'timeout');
  });

  it('refuses an answer without an end', async () => {
    const asked = ask((_request, response) => {
      const chunk = Buffer.alloc(1024 * 1024, 32);
      const more = () => {
        while (response.write(chunk));
        response.once('drain', more);
      };
      more();
    });
    const { kind, message } = await rejection(asked);
    assert.equal(kind, 'badAnswer');
    assert.match(message, /too large/);
  }).timeout(10_000);

  it('names what is wrong with a certificate', async () => {
    const { key, cert } = await selfSigned();
    const secure = createSecureServer({ key, cert }, (_request, response) => response.end('{}'));
    const url = (await listen(secure)).replace('http:', 'https:');
    const { kind, message } = await rejection(client(url).request({ method: 'GET', path: '/' }));
    assert.equal(kind, 'certificate');
    assert.match(message, /self-signed/);
    await new Promise((resolve) => secure.close(resolve));
  });

  it('says that nobody listens', async () => {
    server = await loopback(() => undefined);
    const { url } = server;
    await server.close();
    const { kind, message } = await rejection(client(url).request({ method: 'GET', path: '/' }));
    assert.equal(kind, 'unreachable');
    assert.match(message, /connection refused/);
    server = undefined;
  });

  it('says that the connection was cut in the middle of an answer', async () => {
    const asked = ask((_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('{', () => response.socket?.destroy());
    });
    const { kind, message } = await rejection(asked);
    assert.equal(kind, 'unreachable');
    assert.match(message, /connection was cut/);
  });

  it('says that the server speaks something else than HTTP', async () => {
    const other = createServer((socket) => socket.resume().end('SSH-2.0-OpenSSH_9.2\r\n'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const { kind } = await rejection(
      client(`http://127.0.0.1:${port}`).request({ method: 'GET', path: '/' }),
    );
    assert.equal(kind, 'notCollibra');
    await new Promise((resolve) => other.close(resolve));
  });

  it("rejects with the caller's own reason when the caller gives up", async () => {
    const controller = new AbortController();
    const asked = ask(() => controller.abort(), { signal: controller.signal });
    await assert.rejects(asked, { name: 'AbortError' });
  });

  it('keeps the sign-in out of an error, whatever is read from it', async () => {
    const error = await rejection(ask((_request, response) => response.socket?.destroy()));
    const { inspect } = await import('node:util');
    assert.doesNotMatch(inspect(error, { depth: 10, showHidden: true }), /top-secret/);
  });

  it('sends nothing any more after a 401, to whatever was waiting', async () => {
    server = await loopback((_request, response) => json(response, {}, 401));
    const http = client(server.url);
    let told = 0;
    latch.onRejected(() => told++);
    const many = Array.from({ length: 20 }, () => http.request({ method: 'GET', path: '/' }));
    for (const result of await Promise.allSettled(many)) {
      assert.equal(result.status, 'rejected');
      assert.equal((result.reason as CollibraError).kind, 'signInNeeded');
    }
    assert.equal(server.arrived.length, 1);
    assert.equal(told, 1);
  });

  it('hears what becomes of a secret that nobody waits for any more, and sends it no second time', async () => {
    let arrive: ((refuse: () => void) => void) | undefined;
    const arrival = new Promise<() => void>((resolve) => (arrive = resolve));
    server = await loopback((_request, response) => arrive?.(() => json(response, {}, 401)));
    const http = client(server.url);
    const caller = new AbortController();
    const request = { method: 'GET', path: '/rest/2.0/jobs' } as const;
    const asked = http.request({ ...request, signal: caller.signal });
    const refuse = await arrival;
    caller.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    const next = http.request(request);
    refuse();
    await assert.rejects(next, { kind: 'signInNeeded' });
    assert.equal(server.arrived.length, 1);
  });

  it('repeats no secret that a server repeats', async () => {
    const repeat: Handler = ({ headers }, response) =>
      json(response, { error_description: `Invalid access token: ${headers.authorization?.slice(7)}` }, 401);
    const error = await rejection(ask(repeat));
    assert.equal(error.userMessage, 'Invalid access token: •••');
    assert.ok(!inspect(error, { showHidden: true }).includes('top-secret'));
  });

  it('sends requests side by side once the sign-in was accepted', async () => {
    const waiting: (() => void)[] = [];
    server = await loopback((request, response) => {
      if (request.path === '/first') json(response, {});
      else waiting.push(() => json(response, {}));
      // Both wait for each other: one at a time would never end.
      if (waiting.length === 2) for (const answer of waiting) answer();
    });
    const http = client(server.url);
    await http.request({ method: 'GET', path: '/first' });
    await Promise.all([
      http.request({ method: 'GET', path: '/a' }),
      http.request({ method: 'GET', path: '/b' }),
    ]);
  });
});
