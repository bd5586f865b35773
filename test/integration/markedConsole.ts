import { format } from 'node:util';
import { hostMark } from '../support/results';

const original = globalThis.console;
const marked = Object.create(original) as Console;

// What the extension host prints is told apart by the mark from what the window around it prints. VS Code
// guards the methods of its console by setters that do nothing, which is why they are defined on another.
for (const method of ['debug', 'error', 'info', 'log', 'warn'] as const) {
  Object.defineProperty(marked, method, {
    value: (...args: unknown[]) => original[method](format(...args).replace(/^/gm, hostMark)),
  });
}
globalThis.console = marked;
