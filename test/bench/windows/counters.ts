import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createRequire, syncBuiltinESMExports } from 'node:module';

type Functions = Record<string, unknown>;

/** Counts until `stop`, which says what it saw. One at a time. */
export interface Counter {
  stop(): readonly string[];
}

/** Node.js tells here of each socket that is connected, each request of http and https, each fetch. */
const channels = ['net.client.socket', 'http.client.request.created', 'undici:request:create'];

export function countRequests(): Counter {
  const seen: string[] = [];
  const note = (_message: unknown, name: string | symbol) => seen.push(String(name));
  for (const channel of channels) subscribe(channel, note);
  return {
    stop: () => {
      for (const channel of channels) unsubscribe(channel, note);
      return seen;
    },
  };
}

/** Counts calls of `fs` and `fs/promises` that code in `folder` leads to. */
export function countReads(folder: string): Counter {
  const seen: string[] = [];
  const require = createRequire(__filename);
  const fs = require('node:fs') as Functions & { promises: Functions };
  const restore = [fs, fs.promises].map((module) =>
    replaceFunctions(
      module,
      (name, original) =>
        new Proxy(original, {
          apply: (target, self, args: unknown[]) => {
            if (leadsInto(folder)) seen.push(`${name} ${String(args[0])}`);
            return Reflect.apply<unknown, unknown[], unknown>(target, self, args);
          },
        }),
    ),
  );
  return {
    stop: () => {
      for (const each of restore) each();
      syncBuiltinESMExports();
      return seen;
    },
  };
}

type Callable = (...args: unknown[]) => unknown;

/** Also for those who imported them by name. The answer puts them back. */
function replaceFunctions(
  module: Functions,
  replacement: (name: string, original: Callable) => Callable,
): () => void {
  const originals = Object.entries(module).filter(
    // Those with a capital are classes. VS Code asks for the real path of each file that requires `vscode`.
    (entry): entry is [string, Callable] =>
      typeof entry[1] === 'function' && /^(?!realpath)[a-z]/.test(entry[0]),
  );
  for (const [name, original] of originals) module[name] = replacement(name, original);
  syncBuiltinESMExports();
  return () => Object.assign(module, Object.fromEntries(originals));
}

/** Whether the call came from the folder, directly or not, and not from Node.js for loading a module. */
function leadsInto(folder: string): boolean {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = Infinity;
  const { stack = '' } = new Error();
  Error.stackTraceLimit = limit;
  const [caller = '', ...others] = stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line) && !line.includes(__filename));
  if (caller.includes('node:internal/modules/')) return false;
  return [caller, ...others].some((line) => line.includes(folder));
}
