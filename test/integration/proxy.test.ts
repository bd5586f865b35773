import assert from 'node:assert/strict';
import { createServer, request } from 'node:http';
import * as vscode from 'vscode';
import { startDemo } from '../../src/demo/demo';
import { listen } from '../support/loopback';
import { connectTo, extensionApi, removeConnection, snapshotOf } from './support';

describe("VS Code's proxy", () => {
  it('is the way that requests take', async () => {
    const demo = await startDemo();
    const { port } = new URL(demo.url);
    const seen: string[] = [];
    // VS Code asks no proxy for 127.0.0.1; the address of the instance exists only for the proxy.
    const proxy = createServer((incoming, response) => {
      const target = new URL(incoming.url ?? '');
      seen.push(target.host);
      const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
      const onward = request(
        { port, path: target.pathname + target.search, method: incoming.method, headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      incoming.pipe(onward);
    });
    const settings = vscode.workspace.getConfiguration('http');
    await settings.update('proxy', await listen(proxy), vscode.ConfigurationTarget.Global);
    try {
      const api = await extensionApi();
      const id = await connectTo({ url: 'http://127.0.0.2:9', token: demo.token });
      assert.equal(snapshotOf(api, id).status, 'ready');
      assert.ok(seen.length > 0 && seen.every((host) => host === '127.0.0.2:9'), seen.join());
      await removeConnection(id);
    } finally {
      await settings.update('proxy', undefined, vscode.ConfigurationTarget.Global);
      proxy.closeAllConnections();
      proxy.close();
      await demo.dispose();
    }
  });
});
