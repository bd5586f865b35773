import assert from 'node:assert/strict';
import { parseAddress } from '../../../src/connections/address';

describe('parseAddress', () => {
  it('takes what people type and paste', () => {
    const urls: [string, string][] = [
      ['acme.collibra.com', 'https://acme.collibra.com'],
      ['  https://acme.collibra.com/  ', 'https://acme.collibra.com'],
      ['https://acme.collibra.com/apps/', 'https://acme.collibra.com'],
      ['https://acme.collibra.com/rest/2.0/jobs?offset=0#x', 'https://acme.collibra.com'],
      ['https://gateway.acme.com/collibra/signin', 'https://gateway.acme.com/collibra'],
      ['HTTPS://ACME.collibra.com:8443', 'https://acme.collibra.com:8443'],
      ['localhost:8080', 'https://localhost:8080'],
    ];
    for (const [typed, url] of urls) assert.equal(parseAddress(typed).url, url);
  });

  it('says why something is no address', () => {
    for (const typed of [
      '',
      '   ',
      'https://',
      'a b',
      'ftp://acme.com',
      'javascript://x',
      'https://user:secret@acme.com',
      'https://user:secret@ac me.com',
      'user:sec@secret@:x',
    ])
      assert.throws(
        () => parseAddress(typed),
        (error: Error) => error.message.endsWith('.') && !error.message.includes('secret'),
      );
  });

  it('tells plain http to another machine, where the secret could be read', () => {
    const readable = (typed: string) => parseAddress(typed).readable;
    assert.ok(
      readable('http://acme.collibra.com') && readable('http://10.0.0.1') && readable('http://127.evil.com'),
    );
    assert.ok(
      !readable('http://127.0.0.1:81') && !readable('http://localhost') && !readable('http://[::1]:9'),
    );
    assert.ok(!readable('https://acme.collibra.com'));
  });
});
