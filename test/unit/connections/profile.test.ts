import assert from 'node:assert/strict';
import { asksTheSame, markedName, parseProfile } from '../../../src/connections/profile';
import manifest from '../../../package.json' with { type: 'json' };

const whole = {
  id: 'one',
  name: 'Production',
  url: 'https://acme.collibra.com',
  auth: 'basic',
  username: 'jdoe',
  clientId: 'urn:x',
  generation: 'core-2.0',
  enabled: false,
  cancel: 'confirmByName',
  label: 'PROD',
  color: 'red',
  jobUrl: 'https://acme.collibra.com/jobs?id={id}',
  caFile: '/ca.pem',
  certFile: '~/client.p12',
  keyFile: '/key.pem',
};

describe('parseProfile', () => {
  it('takes everything that the schema of the setting knows, and nothing else', () => {
    const { properties } = manifest.contributes.configuration.properties['collibraJobs.connections'].items;
    assert.deepEqual(Object.keys(whole).toSorted(), Object.keys(properties).toSorted());
    assert.deepEqual(parseProfile(whole), whole);
    for (const field of ['auth', 'generation', 'cancel', 'color'] as const) {
      for (const value of properties[field].enum)
        assert.doesNotThrow(() => parseProfile({ ...whole, [field]: value }), `${field} ${value}`);
      assert.throws(
        () => parseProfile({ ...whole, [field]: 'x' }),
        new RegExp(`its ${field} must be one of`),
      );
    }
  });

  it('needs little', () => {
    const { name, cancel, generation } = parseProfile({
      id: 'one',
      url: 'acme.com/',
      auth: 'bearer',
      generation: 'auto',
    });
    assert.deepEqual([name, cancel, generation], ['acme.com', undefined, undefined]);
  });

  it('says what is wrong with an entry', () => {
    const wrong: [unknown, RegExp][] = [
      [null, /no object/],
      [[], /no object/],
      ['x', /no object/],
      [{ ...whole, id: undefined }, /its id must be/],
      [{ ...whole, id: '../x' }, /its id must be/],
      [{ ...whole, id: 'demo' }, /the one of the demo/],
      [{ ...whole, url: undefined }, /it has no url/],
      [{ ...whole, url: 7 }, /its url must be text/],
      [{ ...whole, url: 'ftp://x' }, /must start with https/],
      [{ ...whole, auth: undefined }, /its auth must be one of basic, bearer, clientCredentials/],
      [{ ...whole, username: '' }, /it has no username/],
      [{ ...whole, auth: 'clientCredentials', clientId: undefined }, /it has no clientId/],
      [{ ...whole, username: 'a:b' }, /no colon/],
      [{ ...whole, name: 'a\nb' }, /more than one line/],
      [{ ...whole, name: 'x'.repeat(101) }, /more than 100 characters/],
      [{ ...whole, enabled: 'no' }, /its enabled must be true or false/],
      [{ ...whole, label: 'x'.repeat(21) }, /more than 20 characters/],
      [{ ...whole, jobUrl: 'javascript:alert(1)' }, /its jobUrl must be an address that starts with https/],
      [{ ...whole, jobUrl: 'https://' }, /its jobUrl must be an address/],
      [{ ...whole, password: 'secret' }, /a field "password" that nobody knows/],
      [{ ...whole, cancell: 'off' }, /a field "cancell" that nobody knows/],
    ];
    for (const [entry, reason] of wrong) assert.throws(() => parseProfile(entry), reason);
  });

  it('tells what an instance is asked from how it looks here', () => {
    const profile = parseProfile(whole);
    const same = { label: 'X', color: 'blue', cancel: 'off', jobUrl: 'https://x.example/{id}' } as const;
    assert.ok(asksTheSame(profile, { ...profile, ...same }));
    for (const other of [
      { url: 'https://x.example' },
      { username: 'x' },
      { caFile: '/x' },
      { enabled: true },
    ])
      assert.ok(!asksTheSame(profile, { ...profile, ...other }), JSON.stringify(other));
  });

  it('marks a name with what tells instances apart', () => {
    assert.equal(markedName({ name: 'Production' }), 'Production');
    assert.equal(markedName({ name: 'Production', label: 'PROD', color: 'red' }), 'Production (🔴 PROD)');
  });
});
