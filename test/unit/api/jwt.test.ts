import assert from 'node:assert/strict';
import { jwtExpiry } from '../../../src/api/jwt';
import { jwt } from '../../support/jwt';

describe('jwtExpiry', () => {
  it('reads when a JWT ends, whatever else is in it', () => {
    assert.equal(jwtExpiry(jwt({ exp: 1_790_000_000, sub: 'Zoë' })), 1_790_000_000_000);
  });

  it('knows nothing of what is no JWT, or has no end that can be understood', () => {
    const others = ['', 'abc', 'a.b', 'a.b.c', '..', jwt({}), jwt({ exp: '1790000000' }), jwt({ exp: null })];
    for (const exp of [1e300, 1e13, -1, 0]) others.push(jwt({ exp }));
    for (const token of others) assert.equal(jwtExpiry(token), undefined, token);
  });
});
