import assert from 'node:assert/strict';
import { Secrets } from '../../../src/connections/secrets';

describe('Secrets', () => {
  const basic = { kind: 'basic', username: 'jdoe', password: 'p:ä' } as const;
  let stored: Map<string, string>;
  let secrets: Secrets;

  beforeEach(() => {
    stored = new Map();
    secrets = new Secrets({
      get: (key) => Promise.resolve(stored.get(key)),
      store: (key, value) => Promise.resolve(void stored.set(key, value)),
      delete: (key) => Promise.resolve(void stored.delete(key)),
    });
  });

  it('keeps one secret for each connection under its own key, and deletes it', async () => {
    await secrets.set('one', basic);
    assert.deepEqual([...stored.keys()], ['collibraJobs.secret.one']);
    assert.deepEqual(await secrets.get('one'), { credentials: basic, rejected: false });
    assert.equal(await secrets.get('two'), undefined);
    await secrets.delete('one');
    assert.equal(await secrets.get('one'), undefined);
  });

  it('takes a damaged secret for none', async () => {
    for (const damaged of [
      '',
      '{',
      'null',
      '[]',
      '"x"',
      '{"kind":"basic","username":"a"}',
      '{"kind":"magic","token":"t"}',
      '{"kind":"bearer","token":7}',
    ]) {
      stored.set('collibraJobs.secret.one', damaged);
      assert.equal(await secrets.get('one'), undefined, damaged);
    }
  });

  it('remembers that a secret was refused, until a new one is stored', async () => {
    await secrets.set('one', basic);
    await secrets.reject('one', basic);
    assert.equal((await secrets.get('one'))?.rejected, true);
    await secrets.set('one', { kind: 'bearer', token: 't' });
    assert.equal((await secrets.get('one'))?.rejected, false);
  });

  it('does not mark a secret that was replaced in the meantime', async () => {
    await secrets.set('one', { ...basic, password: 'new' });
    await secrets.reject('one', basic);
    assert.equal((await secrets.get('one'))?.rejected, false);
  });
});
