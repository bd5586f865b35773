import assert from 'node:assert/strict';
import { ClientCredentials } from '../../../src/api/clientCredentials';
import { Http } from '../../../src/api/http';
import { Latch } from '../../../src/api/latch';
import { Transport } from '../../../src/api/transport';
import { json, loopback, type Loopback } from '../../support/loopback';
import { memoryLog } from '../../support/log';
import { startPrism } from '../../support/prism';
import { tokenServer } from '../../support/tokenServer';

const credentials = { clientId: 'urn:sys:env:1:i:2', clientSecret: 's3cret&=' };
const jobs = { method: 'GET', path: '/rest/2.0/jobs' } as const;
const tokenPath = '/rest/oauth/v2/token';

describe('ClientCredentials', () => {
  let server: Loopback | undefined;
  let now: number;
  const log = memoryLog();

  const client = (url: string, given = credentials) => {
    const transport = new Transport({ instance: 'Acme', url, log });
    const signIn = new ClientCredentials(given, transport, () => now);
    return { signIn, http: new Http(transport, signIn, new Latch()) };
  };
  const statuses = () => log.lines.map((line) => / → (\d+),/.exec(line)?.[1]).filter(Boolean);

  beforeEach(() => {
    now = 0;
    log.lines.length = 0;
  });
  afterEach(async () => {
    assert.ok(log.lines.length > 0);
    const telling = log.lines.filter((line) => /s3cret|token-\d/.test(line));
    await server?.close();
    server = undefined;
    assert.deepEqual(telling, []);
  });

  it('asks for one token for 50 requests at once, with id and secret in the body', async () => {
    const tokens = tokenServer();
    server = await loopback(tokens.handler);
    const { http } = client(server.url);
    await Promise.all(Array.from({ length: 50 }, () => http.request(jobs)));
    assert.equal(tokens.asked(), 1);
    const [first] = server.arrived;
    assert.equal(first?.path, tokenPath);
    assert.equal(first.headers.authorization, undefined);
    assert.match(first.headers['content-type'] ?? '', /^application\/x-www-form-urlencoded/);
    assert.equal(new URLSearchParams(first.body).get('client_secret'), credentials.clientSecret);
  });

  it('renews once when 50 requests at once are refused, and repeats each of them once', async () => {
    const tokens = tokenServer();
    server = await loopback(tokens.handler);
    const { http } = client(server.url);
    await http.request(jobs);
    tokens.revoke();
    log.lines.length = 0;
    const answers = await Promise.all(Array.from({ length: 50 }, () => http.request(jobs)));
    assert.ok(answers.every(({ status }) => status === 200));
    assert.equal(tokens.asked(), 2);
    const refused = statuses().filter((status) => status === '401').length;
    assert.ok(refused >= 1 && refused <= 50, String(refused));
    assert.equal(server.arrived.filter(({ path }) => path === jobs.path).length, 1 + 50 + refused);
  });

  it('renews shortly before the token expires, once', async () => {
    const tokens = tokenServer({ expiresIn: 3600 });
    server = await loopback(tokens.handler);
    const { http } = client(server.url);
    await http.request(jobs);
    now = 3_539_000;
    await http.request(jobs);
    assert.equal(tokens.asked(), 1);
    now = 3_541_000;
    await Promise.all(Array.from({ length: 10 }, () => http.request(jobs)));
    assert.equal(tokens.asked(), 2);
  });

  it('uses a token that lives for seconds for most of its life', async () => {
    const tokens = tokenServer({ expiresIn: 8 });
    server = await loopback(tokens.handler);
    const { http } = client(server.url);
    for (const [at, asked] of [
      [0, 1],
      [5900, 1],
      [6100, 2],
      [12_000, 2],
      [12_200, 3],
    ] as const) {
      now = at;
      await http.request(jobs);
      assert.equal(tokens.asked(), asked, `at ${at} ms`);
    }
  });

  it('goes on with a token that is still valid when the endpoint is busy, and asks again later', async () => {
    const tokens = tokenServer({ expiresIn: 3600 });
    let busy = false;
    server = await loopback((request, response) => {
      if (busy && request.path === tokenPath) json(response, {}, 429);
      else tokens.handler(request, response);
    });
    const { http } = client(server.url);
    await http.request(jobs);
    busy = true;
    now = 3_550_000;
    await http.request(jobs);
    await http.request(jobs);
    assert.equal(server.arrived.filter(({ path }) => path === tokenPath).length, 2);
    busy = false;
    now += 10_000;
    await http.request(jobs);
    assert.equal(tokens.asked(), 2);
    busy = true;
    now = 10_000_000;
    await assert.rejects(http.request(jobs), { kind: 'rateLimited' });
  });

  it('sends nothing more after the endpoint refused the secret', async () => {
    const tokens = tokenServer();
    server = await loopback(tokens.handler);
    const { http } = client(server.url, { ...credentials, clientSecret: 'old' });
    const many = await Promise.allSettled(Array.from({ length: 20 }, () => http.request(jobs)));
    for (const result of many) {
      assert.equal(result.status, 'rejected');
      assert.match(String(result.reason), /Acme did not accept the sign-in: Unknown client\. Sign in again/);
    }
    assert.equal(server.arrived.length, 1);
  });

  it('uses a token until it is refused whose end makes no sense, and none that is no header', async () => {
    for (const expires_in of [-5, 0, 'soon', {}, null, undefined, 1e300]) {
      server = await loopback(({ path }, response) =>
        json(response, path === tokenPath ? { access_token: 'token-1', expires_in } : {}),
      );
      const { http } = client(server.url);
      await http.request(jobs);
      now = 9e15;
      await http.request(jobs);
      now = 0;
      assert.equal(server.arrived.length, 3, JSON.stringify({ expires_in }));
      await server.close();
    }
    for (const access_token of ['token\r\nX-Evil: 1', 'tok\u20acn', '', 7]) {
      server = await loopback((_request, response) => json(response, { access_token }));
      await assert.rejects(client(server.url).http.request(jobs), { kind: 'badAnswer' });
      assert.equal(server.arrived.length, 1);
      await server.close();
    }
  });

  it('asks once more, not for every request, where a refused token is given out again', async () => {
    let revoked = 0;
    server = await loopback(({ path }, response) => {
      if (path === tokenPath) json(response, { access_token: 'token-1', expires_in: 3600 });
      else if (revoked === 0) json(response, {});
      // One after the other, so that each refusal comes when the renewal before it is over.
      else setTimeout(() => json(response, {}, 401), 20 * revoked++);
    });
    const { http } = client(server.url);
    await http.request(jobs);
    revoked = 1;
    const asked = await Promise.allSettled(Array.from({ length: 10 }, () => http.request(jobs)));
    assert.ok(asked.every(({ status }) => status === 'rejected'));
    assert.equal(server.arrived.filter(({ path }) => path === tokenPath).length, 2);
  });

  it('sends a refused secret no second time for a token whose refusal comes late', async () => {
    const tokens = tokenServer();
    const refusals: (() => void)[] = [];
    let secretRefused = false;
    let bothArrived: (() => void) | undefined;
    const both = new Promise<void>((resolve) => (bothArrived = resolve));
    server = await loopback((request, response) => {
      if (request.path === tokenPath && secretRefused) json(response, { error: 'invalid_client' }, 401);
      else if (request.path === tokenPath || !secretRefused) tokens.handler(request, response);
      else if (refusals.push(() => json(response, {}, 401)) === 2) bothArrived?.();
    });
    const { http } = client(server.url);
    await http.request(jobs);
    secretRefused = true;
    const [first, second] = [http.request(jobs), http.request(jobs)];
    const settled = Promise.allSettled([first, second]);
    await both;
    refusals[0]?.();
    await assert.rejects(Promise.race([first, second]), { kind: 'signInNeeded' });
    refusals[1]?.();
    for (const each of await settled) assert.equal(each.status, 'rejected');
    assert.equal(server.arrived.filter(({ path }) => path === tokenPath).length, 2);
  });

  it('takes invalid_client with status 400 for a refusal, and other errors for what they are', async () => {
    const cases = [
      [400, { error: 'invalid_client' }, 'signInNeeded'],
      [400, { error: 'unauthorized_client', error_description: 'Not for you.' }, 'forbidden'],
      [404, {}, 'notCollibra'],
      [503, {}, 'server'],
      [200, { token_type: 'Bearer' }, 'badAnswer'],
    ] as const;
    for (const [status, body, kind] of cases) {
      server = await loopback((_request, response) => json(response, body, status));
      await assert.rejects(client(server.url).http.request(jobs), { kind });
      await server.close();
    }
    server = undefined;
  });

  it('gives up after a token that was just renewed is refused too', async () => {
    let asked = 0;
    server = await loopback((request, response) => {
      if (request.path !== tokenPath) json(response, {}, 401);
      else json(response, { access_token: `token-${++asked}`, token_type: 'Bearer', expires_in: 60 });
    });
    const { http } = client(server.url);
    await assert.rejects(http.request(jobs), { kind: 'signInNeeded' });
    await assert.rejects(http.request(jobs), { kind: 'signInNeeded' });
    assert.equal(asked, 2);
    assert.equal(server.arrived.length, 4);
  });

  it('lets a caller give up who waits for the token, and nobody else', async () => {
    const tokens = tokenServer();
    let release: (() => void) | undefined;
    server = await loopback((request, response) => {
      if (request.path !== tokenPath) tokens.handler(request, response);
      else {
        release = () => tokens.handler(request, response);
        caller.abort();
      }
    });
    const caller = new AbortController();
    const { signIn, http } = client(server.url);
    const patient = signIn.authorization();
    await assert.rejects(http.request({ ...jobs, signal: caller.signal }), { name: 'AbortError' });
    release?.();
    assert.equal(await patient, 'Bearer token-1');
  });

  describe('before a server that this project did not write', function () {
    this.timeout(20_000);

    it('asks as the contract says', async () => {
      const mock = await startPrism('other', 'mock');
      const front = await loopback((request, response) => {
        const { method, headers, body } = request;
        const passed = { 'content-type': headers['content-type'] ?? '' };
        void fetch(mock.url + request.path.replace(/^\/rest/, ''), { method, headers: passed, body }).then(
          async (answer) => json(response, await answer.json(), answer.status),
        );
      });
      assert.match(await client(front.url).signIn.authorization(), /^Bearer .+/);
      await front.close();
      await mock.stop();
    });

    it("finds the tests' own token server true to the contract", async () => {
      server = await loopback((request, response) =>
        tokens.handler({ ...request, path: `/rest${request.path}` }, response),
      );
      const tokens = tokenServer();
      const judge = await startPrism('other', { upstream: server.url });
      log.info('judged');
      const ask = (form: Record<string, string>) =>
        fetch(`${judge.url}/oauth/v2/token`, { method: 'POST', body: new URLSearchParams(form) });
      const whole = { client_id: credentials.clientId, client_secret: credentials.clientSecret };
      assert.equal((await ask({ grant_type: 'client_credentials', ...whole })).status, 200);
      const wrong = await ask({ grant_type: 'client_credentials', ...whole, client_secret: 'x' });
      assert.equal(wrong.status, 401);
      // The judge does judge: what the contract doesn't know doesn't get through.
      assert.equal((await ask({ grant_type: 'password', ...whole })).status, 422);
      await judge.stop();
    });
  });
});
