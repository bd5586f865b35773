import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fold, prettyMessage, textParts } from '../../../src/jobs/message';

describe('prettyMessage', () => {
  it('leaves text as it is, with its line breaks', () => {
    assert.deepEqual(prettyMessage('Import finished in 12s.'), {
      text: 'Import finished in 12s.',
      json: false,
    });
    assert.deepEqual(prettyMessage('a\r\n  b\rc\n\n'), { text: 'a\n  b\nc', json: false });
    for (const text of ['', '12', 'null', 'true', '"quoted"', '{not json', '{"a":1} and more', '[1,'])
      assert.deepEqual(prettyMessage(text), { text, json: false });
  });

  it('lays out a JSON object, an array, and either inside a JSON string', () => {
    const text = '{\n  "assetsCount": 0,\n  "done": true\n}';
    assert.deepEqual(prettyMessage('{"assetsCount":0,"done":true}'), { text, json: true });
    assert.deepEqual(prettyMessage(' {"assetsCount" : 0,\n"done":true} '), { text, json: true });
    assert.deepEqual(prettyMessage(JSON.stringify('{"assetsCount":0,"done":true}')), { text, json: true });
    assert.deepEqual(prettyMessage('[{"a":[]},{}]'), {
      text: '[\n  {\n    "a": []\n  },\n  {}\n]',
      json: true,
    });
  });

  it('prints the same as JSON.stringify does', () => {
    const value = { 'a:b,{"': ['x\\"y', '', null, -1.5e3, [[]], { b: { c: 'é\n' } }], '': {} };
    assert.equal(prettyMessage(JSON.stringify(value)).text, JSON.stringify(value, null, 2));
  });

  it('keeps what parsing would lose: long numbers and repeated keys', () => {
    assert.equal(
      prettyMessage('{"id":12345678901234567890,"id":1.0}').text,
      '{\n  "id": 12345678901234567890,\n  "id": 1.0\n}',
    );
    assert.equal(prettyMessage('{"name":"caf\\u00e9 \\/"}').text, '{\n  "name": "café /"\n}');
  });

  it('stays in bounds on deeply nested input', () => {
    const deep = 5000;
    const { text, json } = prettyMessage('['.repeat(deep) + ']'.repeat(deep));
    assert.equal(json, true);
    assert.ok(text.length < deep * 100);
  });
});

const megabyte = 1_000_000;
/** Milliseconds; what takes time that grows with the square of the length would take minutes. */
const enough = 2000;

function quickly(work: () => void): void {
  const start = performance.now();
  work();
  const took = performance.now() - start;
  assert.ok(took < enough, `it took ${Math.round(took)} ms`);
}

describe('prettyMessage of a message that is made to hurt', () => {
  it('takes time in proportion to its length', () => {
    for (const text of [
      `a${' '.repeat(megabyte)}b`,
      `a${'\n'.repeat(megabyte)}b`,
      '"'.repeat(megabyte),
      `"${'\\'.repeat(megabyte)}`,
      '{'.repeat(megabyte),
    ])
      quickly(() => assert.ok(prettyMessage(text).text.length <= text.length));
  });

  it('lays out a string of 20 MB', () => {
    const long = 'x'.repeat(20 * megabyte);
    assert.equal(prettyMessage(`{"a":"${long}"}`).text, `{\n  "a": "${long}"\n}`);
  });
});

describe('textParts', () => {
  const hrefs = (text: string) => textParts(text).flatMap(({ href }) => href ?? []);

  it('finds the addresses of the web, and leaves the rest as it is', () => {
    assert.deepEqual(textParts('See https://a.test/x?y=1#z and HTTP://B.test:8080 now'), [
      { text: 'See ' },
      { text: 'https://a.test/x?y=1#z', href: 'https://a.test/x?y=1#z' },
      { text: ' and ' },
      { text: 'HTTP://B.test:8080', href: 'HTTP://B.test:8080' },
      { text: ' now' },
    ]);
    assert.deepEqual(textParts('nothing'), [{ text: 'nothing' }]);
    assert.deepEqual(textParts(''), []);
  });

  it('leaves out what closes a sentence, a quotation or a bracket', () => {
    const around = [
      '# .',
      '#, and',
      '(#)',
      '[#].',
      '{"url":"#"}',
      "'#';",
      '<#>',
      '`#`',
      '#!?',
      '(see #).',
      '#:',
    ];
    for (const text of around)
      assert.deepEqual(hrefs(text.replace('#', 'https://a.test/b')), ['https://a.test/b'], text);
    assert.deepEqual(hrefs('https://a.test/v1.2,x;y'), ['https://a.test/v1.2,x;y']);
  });

  it('makes nothing else a link', () => {
    for (const text of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)//x',
      'data:text/html,<script>alert(1)</script>',
      'command:workbench.action.quit',
      'vscode:extension/x.y',
      'vscode-insiders://x',
      'file:///etc/passwd',
      'ftp://a.test',
      'blob:x',
      'xhttps://a.test',
      'https:a.test',
      'https:/a.test',
      'https://',
      'http://.',
      'http://[',
    ])
      assert.deepEqual(hrefs(text), [], text);
    for (const before of ['javascript:', 'command:', 'data:text/html,', 'vscode:'])
      assert.deepEqual(hrefs(`${before}https://a.test`), ['https://a.test']);
  });

  it('gives the text back when its parts are joined, and links nothing but the web, whatever the text', () => {
    const piece = fc.constantFrom(
      'http://',
      'https://',
      'HTTPS://a',
      ' ',
      '.',
      ')',
      '[',
      ':',
      '@',
      '%',
      '\n',
      '"',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 4 }))).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        const parts = textParts(any);
        assert.equal(parts.map((part) => part.text).join(''), any);
        for (const part of parts) {
          assert.notEqual(part.text, '');
          if (part.href === undefined) continue;
          assert.equal(part.href, part.text);
          assert.match(new URL(part.href).protocol, /^https?:$/);
        }
      }),
      { numRuns: 500 },
    );
  }).timeout(20_000);

  it('takes time in proportion to the length of a text that is made to hurt', () => {
    for (const text of [
      `http://a/${'.'.repeat(megabyte)}a`,
      `http://a/${')'.repeat(megabyte)}`,
      'http://'.repeat(megabyte / 7),
      'http://a '.repeat(megabyte / 9),
      'http'.repeat(megabyte / 4),
    ])
      quickly(() =>
        assert.equal(
          textParts(text)
            .map((part) => part.text)
            .join('').length,
          text.length,
        ),
      );
  });
});

describe('fold', () => {
  const linesOf = (count: number) => Array.from({ length: count }, (_, n) => `line ${n}`).join('\n');

  it('shows what is a little too long as a whole, and else its beginning', () => {
    assert.equal(fold(linesOf(20)), undefined);
    assert.deepEqual(fold(linesOf(21)), { start: linesOf(16), lines: 21 });
    assert.equal(fold('x'.repeat(3500)), undefined);
    assert.deepEqual(fold('x'.repeat(3501)), { start: 'x'.repeat(3000), lines: 1 });
  });

  it('never cuts a character in half', () => {
    for (const before of ['', 'x']) {
      const { start = '' } = fold(before + '😀'.repeat(2000)) ?? {};
      assert.doesNotMatch(start, /\p{Cs}/u);
      assert.equal(start.length, 3000 - before.length);
    }
  });

  it('takes time in proportion to the length', () => {
    for (const text of ['\n'.repeat(megabyte), 'x'.repeat(megabyte)]) quickly(() => assert.ok(fold(text)));
  });
});
