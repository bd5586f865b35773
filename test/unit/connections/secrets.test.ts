import assert from 'node:assert/strict';
import { Secrets } from '../../../src/connections/secrets';

describe('Secrets', () => {
  const owner = { id: 'one', url: 'https://acme.com', auth: 'basic', username: 'jdoe' } as const;
  const token = { ...owner, auth: 'bearer', username: undefined } as const;
  const basic = { kind: 'basic', username: 'jdoe', password: 'p:ä' } as const;
  const key = 'collibraJobs.secret.one';
  let stored: Map<string, string>;
  let secrets: Secrets;

  beforeEach(() => {
    stored = new Map();
    secrets = new Secrets({
      get: (name) => Promise.resolve(stored.get(name)),
      store: (name, value) => Promise.resolve(void stored.set(name, value)),
      delete: (name) => Promise.resolve(void stored.delete(name)),
      onDidChange: () => ({ dispose: () => undefined }),
    });
  });

  it('keeps one secret for each connection under its own key, and deletes it', async () => {
    await secrets.set(owner, basic);
    assert.deepEqual([...stored.keys()], [key]);
    assert.deepEqual(await secrets.get(owner), { credentials: basic, rejected: false });
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
    ];
    for (const text of damaged) {
      stored.set(key, text);
      assert.equal(await secrets.get(token), undefined, text);
    }
  });

  it('remembers that a secret was refused, until a new one is stored', async () => {
    await secrets.set(owner, basic);
    await secrets.reject(owner, basic);
    assert.equal((await secrets.get(owner))?.rejected, true);
    await secrets.set(owner, { ...basic, password: 'new' });
    assert.equal((await secrets.get(owner))?.rejected, false);
  });

  it('does not mark a secret that was replaced in the meantime', async () => {
    await secrets.set(owner, { ...basic, password: 'new' });
    await secrets.reject(owner, basic);
    assert.equal((await secrets.get(owner))?.rejected, false);
  });
});
