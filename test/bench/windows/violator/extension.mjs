import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, get } from 'node:http';

/** Reads a file and sends a request, so that the bench sees its counters count. */
export async function activate({ extensionPath }) {
  if (existsSync(extensionPath)) await readFile(import.meta.filename);
  const server = createServer((_request, response) => response.end());
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const response = await new Promise((resolve) => get({ port: server.address().port }, resolve));
  response.resume();
  server.close();
}
