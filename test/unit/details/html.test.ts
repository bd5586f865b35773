import assert from 'node:assert/strict';
import { detailsHtml, escapeHtml, nonce } from '../../../src/details/html';

const options = {
  cspSource: "'self' https://*.vscode-cdn.net",
  nonce: 'n0nce',
  scriptUri: 'https://file.vscode-cdn.net/details.js',
  styleUri: 'https://file.vscode-cdn.net/details.css',
  title: 'Job',
  language: 'en',
};

function policyOf(html: string): string[] {
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1] ?? '';
  return policy.replaceAll('&#39;', "'").split('; ');
}

describe('detailsHtml', () => {
  it('allows nothing but its own script and style', () => {
    assert.deepEqual(policyOf(detailsHtml(options)), [
      "default-src 'none'",
      "script-src 'nonce-n0nce'",
      "style-src 'self' https://*.vscode-cdn.net",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('has one script, which carries the nonce, and no style or handler of its own', () => {
    const html = detailsHtml(options);
    assert.deepEqual(html.match(/<script[^>]*>/g), [`<script nonce="n0nce" src="${options.scriptUri}">`]);
    assert.doesNotMatch(html, /unsafe-|<style|\sstyle=|\son\w+=/);
  });

  it('escapes every value', () => {
    const evil = `"'><script>alert(1)</script>&`;
    const html = detailsHtml({
      cspSource: evil,
      nonce: evil,
      scriptUri: evil,
      styleUri: evil,
      title: evil,
      language: evil,
      l10n: { [evil]: evil },
    });
    assert.doesNotMatch(html, /<script>|alert\(1\)<\/|'>/);
    assert.equal(html.match(/<\/?script/g)?.length, 2);
    assert.equal(escapeHtml(evil), '&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;');
  });

  it('carries the bundle of the language, whole', () => {
    const l10n = { 'Cancel job…': 'Job "abbrechen"…', "it's": '<b>&amp;</b>' };
    const attribute = /data-l10n="([^"]*)"/.exec(detailsHtml({ ...options, language: 'de', l10n }))?.[1];
    const text = (attribute ?? '')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    assert.deepEqual(JSON.parse(text), l10n);
    assert.match(detailsHtml(options), /data-l10n="\{\}"/);
  });
});

describe('nonce', () => {
  it('is long, fresh and free of characters that a policy or an attribute gives a meaning', () => {
    const made = new Set(Array.from({ length: 100 }, nonce));
    assert.equal(made.size, 100);
    for (const one of made) assert.match(one, /^[\w-]{32}$/);
  });
});
