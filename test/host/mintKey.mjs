/**
 * Loaded into VS Code's server before anything else: answers `POST /mint-key`, which the server itself leaves
 * to whoever embeds it. The workbench encrypts its secrets with this key and one of the browser's; without an
 * answer they last only as long as the page. Only who has the connection token gets the key.
 */
import { Buffer } from 'node:buffer';
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Server } from 'node:http';
import process from 'node:process';

const file = process.env.SERVED_VSCODE_KEYS;
// The server's children, extension hosts among them, load this file too and get nothing.
delete process.env.SERVED_VSCODE_KEYS;
if (file) answerMintKey(JSON.parse(readFileSync(file, 'utf8')));

function answerMintKey({ token, key }) {
  const { emit } = Server.prototype;
  Server.prototype.emit = function (event, ...args) {
    const [request, response] = args;
    if (event !== 'request' || request.method !== 'POST' || !/\/mint-key(\?|$)/.test(request.url)) {
      return emit.call(this, event, ...args);
    }
    request.resume();
    if (hasToken(request, token)) response.writeHead(200, { 'Cache-Control': 'no-store' });
    else response.writeHead(403);
    response.end(response.statusCode === 200 ? Buffer.from(key, 'base64') : undefined);
    return true;
  };
}

/** Whether VS Code's own cookie is there, with the right token. */
function hasToken(request, token) {
  const digest = (text) => createHash('sha256').update(text).digest();
  const cookies = (request.headers.cookie ?? '').split(';').map((cookie) => cookie.trim().split('='));
  return cookies.some(([name, value]) => {
    return name === 'vscode-tkn' && timingSafeEqual(digest(value ?? ''), digest(token));
  });
}
