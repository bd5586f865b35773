import assert from 'node:assert/strict';
import { causeOf } from '../../../src/api/causes';

describe('causeOf', () => {
  it('names the proxy without the password in its address, however it is written', () => {
    for (const proxies of [
      'PROXY jdoe:s3cret@proxy.acme.com:3128',
      '["PROXY http://jdoe:s3cret@proxy.acme.com:3128","DIRECT"]',
    ]) {
      const { kind, detail } = causeOf(
        undefined,
        `Failed to establish a socket connection to proxies: ${proxies}`,
      );
      assert.equal(kind, 'proxy');
      assert.ok(detail.includes('proxy.acme.com:3128'), detail);
      assert.doesNotMatch(detail, /jdoe|s3cret/);
    }
  });
});
