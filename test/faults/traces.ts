import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A text and all forms in which it could lie in a file. */
export function formsOf(secret: string, user: string): Map<string, Buffer> {
  const forms = new Map<string, Buffer>([
    ['as it is', Buffer.from(secret)],
    ['in UTF-16', Buffer.from(secret, 'utf16le')],
    ['in Latin 1', Buffer.from(secret, 'latin1')],
    ['in a URI', Buffer.from(encodeURIComponent(secret))],
    ['in JSON', Buffer.from(JSON.stringify(secret).slice(1, -1))],
    ['with the user in base64', Buffer.from(Buffer.from(`${user}:${secret}`).toString('base64'))],
  ]);
  // What surrounds a text shifts its base64; the characters at both ends hold bits of that.
  for (const before of [0, 1, 2]) {
    const shifted = Buffer.concat([Buffer.alloc(before), Buffer.from(secret)]).toString('base64');
    forms.set(`in base64, shifted by ${before}`, Buffer.from(shifted.slice(before === 0 ? 0 : 4, -4)));
  }
  return forms;
}

/** The forms that a text has. */
export function formsIn(content: Buffer, forms: ReadonlyMap<string, Buffer>): string[] {
  return [...forms].filter(([, form]) => content.includes(form)).map(([name]) => name);
}

/** What is found in the files below a folder, for example `logs/x.log: in a URI`. */
export async function findBelow(folder: string, forms: ReadonlyMap<string, Buffer>): Promise<string[]> {
  const found: string[] = [];
  for await (const file of filesBelow(folder))
    found.push(...formsIn(await readIfThere(file), forms).map((form) => `${file}: ${form}`));
  return found;
}

/** The lines of the log files below a folder, each with its file. */
export async function logLines(folder: string): Promise<{ readonly file: string; readonly line: string }[]> {
  const lines: { file: string; line: string }[] = [];
  for await (const file of filesBelow(folder)) {
    if (!file.endsWith('.log')) continue;
    const text = (await readIfThere(file)).toString();
    lines.push(...text.split('\n').map((line) => ({ file, line })));
  }
  return lines;
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true }))
    if (entry.isFile()) yield join(entry.parentPath, entry.name);
}

/** Empty when the file is gone by now. */
async function readIfThere(file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
}

/** Errors that nobody handled, and what only a mistake in the code throws. */
export const unhandled =
  /unhandled|rejected promise not handled|uncaught|\b(Type|Reference|Range|Syntax)Error\b|Illegal argument|has not been disposed/i;
