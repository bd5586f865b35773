import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import * as vscode from 'vscode';
import { type Evaluation, helperVariable, type Outcome, type Registration } from './protocol';

/** Listens on this machine for whom it gives its token, which is the ui suite. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const url = process.env[helperVariable];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (url === undefined || folder === undefined) return;

  const token = randomBytes(16).toString('hex');
  const server = createServer((request, response) => {
    if (request.headers.authorization !== token) {
      response.writeHead(403).end();
      return;
    }
    void evaluate(request).then((outcome) => response.end(JSON.stringify(outcome)));
  });
  context.subscriptions.push({ dispose: () => server.close() });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const registration: Registration = { folder, port, token };
  await fetch(url, { method: 'POST', body: JSON.stringify(registration) });
}

/** What the suite sends, once it is a function again. */
type Evaluated = (api: typeof vscode, argument: unknown) => unknown;

async function evaluate(request: IncomingMessage): Promise<Outcome> {
  try {
    const { source, argument } = JSON.parse(await text(request)) as Evaluation;
    // esbuild, which runs the tests, names functions by a helper that is missing here.
    const code = `const __name = (value) => value; return ${source};`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const make = new Function(code) as () => Evaluated;
    return { value: await make()(vscode, argument) };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
