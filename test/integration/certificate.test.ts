import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import * as vscode from 'vscode';
import { selfSigned } from '../support/certificates';
import { listen } from '../support/loopback';

describe('a certificate that nobody trusts', () => {
  it('is named when a person connects, and nothing is sent or saved', async () => {
    let requests = 0;
    const server = createServer(await selfSigned(), (_request, response) => {
      requests++;
      response.end('{}');
    });
    const url = (await listen(server)).replace('http:', 'https:');
    await assert.rejects(
      async () =>
        vscode.commands.executeCommand('collibraJobs.connect', { url, auth: { kind: 'bearer', token: 't' } }),
      /certificate of 127\.0\.0\.1:\d+ isn't trusted: self-signed/,
    );
    assert.equal(requests, 0);
    assert.deepEqual(vscode.workspace.getConfiguration('collibraJobs').get('connections'), []);
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
});
