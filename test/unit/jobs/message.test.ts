import assert from 'node:assert/strict';
import { prettyMessage } from '../../../src/jobs/message';

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
