import assert from 'node:assert/strict';
import { checkInstance, type Findings } from '../../../src/api/check';
import type { Credentials } from '../../../src/api/signIn';
import { startDemo } from '../../../src/demo/demo';
import { json, loopback } from '../../support/loopback';
import { memoryLog } from '../../support/log';

const bearer = (token: string) => ({ kind: 'bearer', token }) as const;

describe('checkInstance', () => {
  const check = (url: string, credentials: Credentials = bearer('top-secret')) =>
    checkInstance({ name: 'Acme', url, credentials, log: memoryLog() });
  const outcomes = (findings: Findings) =>
    Object.fromEntries(Object.entries(findings).map(([name, { outcome }]) => [name, outcome]));

  for (const generation of ['core-2.0', 'jobs-v1'] as const)
    it(`finds everything right with an instance that speaks ${generation}`, async () => {
      const demo = await startDemo({ generations: [generation] });
      const findings = await check(demo.url, bearer(demo.token));
      assert.deepEqual(outcomes(findings), {
        ...{ reachable: 'ok', certificate: 'warning', proxy: 'ok', generation: 'ok' },
        ...{ signIn: 'ok', jobs: 'ok', whoAmI: 'ok' },
      });
      assert.match(findings.proxy?.text ?? '', /straight to 127\.0\.0\.1, port \d+/);
      assert.match(findings.whoAmI?.text ?? '', /^Amelia Novak \(/);
      assert.match(
        findings.generation?.text ?? '',
        generation === 'jobs-v1' ? /Job API v1/ : /Core REST 2\.0/,
      );
      await demo.dispose();
    });

  it('sends a wrong secret once, and says what is known', async () => {
    const demo = await startDemo();
    const server = await loopback((request, response) => {
      const { authorization } = request.headers;
      void fetch(demo.url + request.path, {
        headers: authorization === undefined ? {} : { authorization },
      }).then(async (answer) => json(response, await answer.json(), answer.status));
    });
    const findings = await check(server.url);
    assert.deepEqual(outcomes(findings), {
      ...{ reachable: 'ok', certificate: 'warning', proxy: 'ok', signIn: 'failed' },
    });
    assert.match(findings.signIn?.text ?? '', /did not accept the sign-in/);
    const sent = server.arrived.filter(({ headers }) => headers.authorization !== undefined);
    assert.equal(sent.length, 1);
    await server.close();
    await demo.dispose();
  });

  it('goes no further than the line when nobody answers', async () => {
    const server = await loopback(() => undefined);
    await server.close();
    const findings = await check(server.url);
    assert.deepEqual(outcomes(findings), { reachable: 'failed' });
    assert.match(findings.reachable?.text ?? '', /connection refused/);
  });

  it('asks no more than the token endpoint where that gives no token, and says why', async () => {
    const server = await loopback((request, response) => {
      if (request.path !== '/rest/oauth/v2/token') json(response, {});
      else json(response, { error: 'unauthorized_client', error_description: 'Not for you.' }, 400);
    });
    const findings = await check(server.url, {
      kind: 'clientCredentials',
      clientId: 'x',
      clientSecret: 's3cret',
    });
    assert.match(findings.signIn?.text ?? '', /Not for you/);
    assert.deepEqual(
      [findings.generation, findings.jobs, findings.whoAmI],
      [undefined, undefined, undefined],
    );
    assert.equal(server.arrived.length, 2);
    await server.close();
  });

  it('says of a single sign-on page that it is about the sign-in', async () => {
    const page = '<html><form action="/saml/login"></form></html>';
    const server = await loopback((_request, response) => response.writeHead(200).end(page));
    const findings = await check(server.url);
    assert.match(findings.signIn?.text ?? '', /single sign-on/);
    await server.close();
  });

  it('tells a sign-in that may not list jobs from one that is refused', async () => {
    const server = await loopback((_request, response) => json(response, { userMessage: 'Not yours.' }, 403));
    const findings = await check(server.url);
    assert.equal(findings.signIn?.outcome, 'warning');
    assert.equal(findings.whoAmI?.outcome, 'warning');
    assert.match(findings.jobs?.text ?? '', /doesn't permit this: Not yours/);
    await server.close();
  });

  it('keeps secrets out of what it says, also when the server repeats them', async () => {
    const secrets: Credentials[] = [
      bearer('top-secret'),
      { kind: 'basic', username: 'jdoe', password: 'correct horse' },
      { kind: 'clientCredentials', clientId: 'urn:x', clientSecret: 's3cret/&' },
    ];
    for (const credentials of secrets) {
      const server = await loopback((request, response) =>
        json(response, { userMessage: `You sent ${request.headers.authorization} ${request.body}` }, 500),
      );
      const said = JSON.stringify(await check(server.url, credentials));
      assert.match(said, /You sent/);
      assert.doesNotMatch(said, /top-secret|correct horse|Basic [A-Za-z0-9]|s3cret/);
      await server.close();
    }
  });
});
