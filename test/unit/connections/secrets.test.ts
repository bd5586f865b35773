import assert from 'node:assert/strict';
import { Secrets, type Owner } from '../../../src/connections/secrets';
import { memoryStorage } from '../../support/session';

describe('Secrets', () => {
  const owner = { id: 'one', url: 'https://acme.com', auth: 'basic', username: 'jdoe' } as const;
  const token = { ...owner, auth: 'bearer', username: undefined } as const;
  const basic = { kind: 'basic', username: 'jdoe', password: 'p:ä' } as const;
  const key = 'collibraJobs.secret.one';
  let stored: Map<string, string>;
  let refused: Set<string>;
  let secrets: Secrets;
  /** The secrets of another window, which may know of the refusals only. */
  const window = (storage = stored) =>
    new Secrets(memoryStorage(storage), {
      has: (stamp) => refused.has(stamp),
      add: (stamp) => refused.add(stamp),
    });
  const stored1 = async (of: Owner = owner) => {
    const secret = await secrets.get(of);
    assert.ok(secret);
    return secret;
  };

  beforeEach(() => {
    stored = new Map();
    refused = new Set();
    secrets = window();
  });

  it('keeps one secret for each connection under its own key, and deletes it', async () => {
    await secrets.set(owner, basic);
    assert.deepEqual([...stored.keys()], [key]);
    const { stamp, ...rest } = await stored1();
    assert.deepEqual(rest, { credentials: basic, rejected: false });
    assert.match(stamp, /^[\w-]{36}$/);
    assert.equal(await secrets.get({ ...owner, id: 'two' }), undefined);
    await secrets.delete('one');
    assert.equal(await secrets.get(owner), undefined);
  });

  it('never gives a secret to another address, kind or user than it was stored for', async () => {
    await secrets.set(owner, basic);
    for (const other of [{ url: 'https://evil.com' }, { username: 'root' }, { auth: 'bearer' } as const])
      assert.equal(await secrets.get({ ...owner, ...other }), undefined);
  });

  it('takes a damaged secret for none', async () => {
    await secrets.set(token, { kind: 'bearer', token: 't' });
    const whole = stored.get(key) ?? '';
    const damaged = [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      whole.slice(1),
      whole.replace('"t"', '7'),
      whole.replace('bearer', 'magic'),
      whole.replace('"t"', '"t\\r\\nX-Evil: 1"'),
    ];
    for (const text of damaged) {
      stored.set(key, text);
      assert.equal(await secrets.get(token), undefined, text);
    }
  });

  it('takes a storage that can not be read for an empty one', async () => {
    const locked = {
      ...memoryStorage(stored),
      get: () => Promise.reject(new Error('the keyring is locked')),
    };
    const none = await new Secrets(locked, { has: () => false, add: () => undefined }).get(owner);
    assert.equal(none, undefined);
  });

  it('keeps each kind with all that belongs to it', async () => {
    const clientOwner = {
      ...owner,
      auth: 'clientCredentials',
      username: undefined,
      clientId: 'urn:x',
    } as const;
    const client = {
      kind: 'clientCredentials',
      clientId: 'urn:x',
      clientSecret: 's',
      passphrase: 'p',
    } as const;
    await secrets.set(clientOwner, client);
    assert.deepEqual((await stored1(clientOwner)).credentials, client);
    assert.equal(await secrets.get({ ...clientOwner, clientId: 'urn:y' }), undefined);
  });

  it('remembers that a secret was refused, until a new one is stored', async () => {
    await secrets.set(owner, basic);
    const secret = await stored1();
    await secrets.reject(owner, secret);
    assert.equal((await stored1()).rejected, true);
    assert.ok(secrets.isRefused(secret));
    await secrets.set(owner, basic);
    assert.equal((await stored1()).rejected, false);
  });

  it('does not mark a secret that was replaced in the meantime', async () => {
    await secrets.set(owner, basic);
    const old = await stored1();
    await secrets.set(owner, { ...basic, password: 'new' });
    await secrets.reject(owner, old);
    assert.equal((await stored1()).rejected, false);
  });

  it('knows of a refusal in another window, whose storage is a copy', async () => {
    await secrets.set(owner, basic);
    const other = window(new Map(stored));
    await secrets.reject(owner, await stored1());
    assert.equal((await other.get(owner))?.rejected, true);
  });
});
