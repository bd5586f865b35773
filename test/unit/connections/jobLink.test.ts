import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseAddress } from '../../../src/connections/address';
import { jobLink, parseJobLink, webAddress } from '../../../src/connections/jobLink';

const id = '00c0ffee-0001-4000-8000-0123456789ab';
const url = 'https://acme.collibra.com';

/** The parts of a link as VS Code hands them on: decoded, once. */
function opened(link: string): { path: string; query: string } {
  const { pathname, search } = new URL(link);
  return { path: decodeURIComponent(pathname), query: decodeURIComponent(search.slice(1)) };
}

const read = (query: string, path = '/job') => parseJobLink({ path, query });

describe('a link to a job', () => {
  it('names the extension, the instance and the job, so that a person can read it', () => {
    assert.equal(
      jobLink('vscode', { url, id }),
      `vscode://collibra-jobs.collibra-jobs/job?url=https://acme.collibra.com&id=${id}`,
    );
  });

  it('leads to the instance and the job that it was made of', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), fc.uuid(), (address, job) => {
        const linked = { url: parseAddress(address).url, id: job };
        assert.deepEqual(parseJobLink(opened(jobLink('code-oss', linked))), linked);
      }),
    );
    for (const path of ['/a&b=c', '/a%26id=x', '/a+b', '/100%25', '/%C3%A9', "/(it's)"]) {
      const linked = { url: url + path, id };
      assert.deepEqual(parseJobLink(opened(jobLink('vscode', linked))), linked, path);
    }
  });

  it('may be written by hand: encoded once, in capitals, in another order, with what a later version adds', () => {
    for (const query of [
      `url=${encodeURIComponent(url)}&id=${id}`,
      `id=${id.toUpperCase()}&later=1&url=HTTPS://ACME.collibra.com/apps/`,
    ])
      assert.deepEqual(parseJobLink(opened(`vscode://collibra-jobs.collibra-jobs/job?${query}`)), {
        url,
        id,
      });
  });

  it('is refused with a sentence that says why', () => {
    const wrong: [() => unknown, RegExp][] = [
      [() => read(`url=${url}&id=${id}`, '/jobs'), /leads to no job/],
      [() => read(`url=${url}&id=${id}`, ''), /leads to no job/],
      [() => read(''), /has no "url"/],
      [() => read(`url=&id=${id}`), /has no "url"/],
      [() => read(`url=${url}`), /has no "id"/],
      [() => read(`url=${url}&id=`), /has no "id"/],
      [() => read(`url=${url}&url=https://evil.example&id=${id}`), /more than one "url"/],
      [() => read(`url=${url}&id=${id}&id=${id}`), /more than one "id"/],
      [() => read(`url=${url}&id=../../users`), /no id of a job/],
      [() => read(`url=${url}&id=${id}x`), /no id of a job/],
      [() => read(`url=${url}&id=${'a'.repeat(3000)}`), /too long/],
      [() => read(`url=acme.collibra.com&id=${id}`), /must start with https/],
      [() => read(`url=ftp://acme.collibra.com&id=${id}`), /must start with https/],
      [() => read(`url=javascript:alert(1)&id=${id}`), /must start with https/],
      [() => read(`url=file:///etc/passwd&id=${id}`), /must start with https/],
      [() => read(`url=https:///acme.collibra.com&id=${id}`), /must start with https/],
      [() => read(`url=https:\\\\acme.collibra.com&id=${id}`), /must start with https/],
      [() => read(`url=https://acme.collibra.com\\@evil.example&id=${id}`), /no blanks/],
      [() => read(`url=https://acme.collibra.com%0A&id=${id}`), /no blanks/],
      [() => read(`url=https://acme .collibra.com&id=${id}`), /no blanks/],
      [() => read(`url=https://me:secret@acme.collibra.com&id=${id}`), /Leave user and password out/],
      [() => read(`url=https://acme.collibra.com@evil.example&id=${id}`), /Leave user and password out/],
      [() => read(`url=https://acme.collibra.com:99999&id=${id}`), /is no web address/],
    ];
    for (const [reading, sentence] of wrong)
      assert.throws(reading, (error: Error) => sentence.test(error.message) && error.message.endsWith('.'));
  });

  it('takes other forms of a host for what they are, never for the one that they look like', () => {
    const forms: [string, string][] = [
      ['https://acme.collibra.com.', 'https://acme.collibra.com.'],
      ['https://\u0430cme.collibra.com', 'https://xn--cme-5cd.collibra.com'],
      ['https://acme.collibra.com.evil.example', 'https://acme.collibra.com.evil.example'],
      ['http://acme.collibra.com', 'http://acme.collibra.com'],
      ['https://acme.collibra.com:8443', 'https://acme.collibra.com:8443'],
      ['http://2130706433', 'http://127.0.0.1'],
    ];
    for (const [form, address] of forms) assert.equal(read(`url=${form}&id=${id}`).url, address);
  });

  it('never fails in another way, whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (address, job) => {
        try {
          const linked = read(new URLSearchParams({ url: address, id: job }).toString());
          assert.match(linked.url, /^https?:\/\//);
        } catch (error) {
          assert.match((error as Error).message, /\.$/);
        }
      }),
    );
  });
});

describe('the address of a job in the browser', () => {
  it("is the connection's template with the id in it, or the instance", () => {
    assert.equal(webAddress({ url }, id), url);
    assert.equal(
      webAddress({ url, jobUrl: `${url}/a/{id}?b={id}` }, 'x/$&'),
      `${url}/a/x%2F%24%26?b=x%2F%24%26`,
    );
  });
});
