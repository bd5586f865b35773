import assert from 'node:assert/strict';
import { detectGeneration } from '../../../src/api/generation';
import type { Generation } from '../../../src/jobs/query';
import { json, loopback, type Handler, type Loopback } from '../../support/loopback';
import { httpTo } from '../../support/connect';

describe('which generation an instance speaks', () => {
  let server: Loopback;
  const list = { results: [] };
  const web = '<html><body>Welcome</body></html>';
  const signIn = '<!DOCTYPE html><form action="/saml">';

  const ask = async (
    v1: (...handler: Parameters<Handler>) => void,
    v2: (...handler: Parameters<Handler>) => void,
  ): Promise<Generation> => {
    server = await loopback((request, response) =>
      (request.path.startsWith('/rest/jobs/v1') ? v1 : v2)(request, response),
    );
    const { http, log } = httpTo(server.url);
    return detectGeneration(http, log);
  };
  const says =
    (body: unknown, status = 200): Handler =>
    (_request, response) =>
      json(response, body, status);
  const shows =
    (text: string): Handler =>
    (_request, response) =>
      response.end(text);
  const refuses =
    (status: number): Handler =>
    (_request, response) =>
      response.writeHead(status).end(signIn);
  const paths = () => server.arrived.map(({ path }) => path);

  afterEach(() => server.close());

  it('is the newer one when that answers, and the older one is not asked', async () => {
    assert.equal(await ask(says(list), says(list)), 'jobs-v1');
    assert.deepEqual(paths(), ['/rest/jobs/v1/jobs']);
  });

  it('is the older one when the newer path is missing or answers with a web page, and the older one answers', async () => {
    for (const missing of [says({}, 404), says({}, 410), shows(web), shows(signIn)]) {
      assert.equal(await ask(missing, says(list)), 'core-2.0');
      await server.close();
    }
  });

  it('stays unknown after a 401, and nothing more is sent', async () => {
    await assert.rejects(ask(says({}, 401), says(list)), { kind: 'signInNeeded' });
    assert.deepEqual(paths(), ['/rest/jobs/v1/jobs']);
  });

  it('is not decided by a 403, an outage or an answer that is broken', async () => {
    const undecided = [
      [says({}, 403), 'forbidden'],
      [says({}, 500), 'server'],
      [says({}, 429), 'rateLimited'],
      [shows('{"results":['), 'badAnswer'],
      [says({ jobs: [] }), 'badAnswer'],
      [refuses(403), 'singleSignOn'],
      [refuses(503), 'singleSignOn'],
      [refuses(429), 'singleSignOn'],
    ] as const;
    for (const [v1, kind] of undecided) {
      await assert.rejects(ask(v1, says(list)), { kind });
      assert.deepEqual(paths(), ['/rest/jobs/v1/jobs']);
      await server.close();
    }
  });

  it('tells the better reason when neither answers', async () => {
    const neither = [
      [says({}, 404), says({}, 404), 'notFound'],
      [shows(signIn), says({}, 404), 'singleSignOn'],
      [says({}, 404), shows(signIn), 'singleSignOn'],
      [says({}, 404), says({}, 403), 'forbidden'],
      [shows(web), shows(web), 'notCollibra'],
    ] as const;
    for (const [v1, v2, kind] of neither) {
      await assert.rejects(ask(v1, v2), { kind });
      await server.close();
    }
  });
});
