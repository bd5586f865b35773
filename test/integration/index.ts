import { readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
// First: mocha keeps the console that it finds.
import './markedConsole';
import Mocha from 'mocha';
import ResultsReporter from '../support/reporter';
import { grepVariable } from '../support/results';

/** The checkout; this file runs from `.vscode-test/<run>/suite`. */
const checkout = resolve(__dirname, '../../..') + sep;

/** Where the packaged extension is installed. */
const installed = resolve(__dirname, '../extensions') + sep;

/** Runs the suite inside the extension host. VS Code calls this, and ends with its outcome. */
export async function run(): Promise<void> {
  const grep = process.env[grepVariable];
  const mocha = new Mocha({
    timeout: 20_000,
    forbidOnly: true,
    reporter: ResultsReporter,
    ...(grep ? { grep } : {}),
  });
  const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' });
  for (const file of files.filter((name) => name.endsWith('.test.cjs')).sort()) {
    mocha.addFile(join(__dirname, file));
  }

  ResultsReporter.counts = isOurs;
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} failed`);
}

/** VS Code, too, leaves rejections unhandled; they say nothing about the extension. */
function isOurs(stack: string): boolean {
  const foreign = /[\\/](node_modules|\.vscode-test)[\\/]/;
  const isOurLine = (line: string) => line.includes(checkout) && !foreign.test(line);
  const places = [__dirname, installed];
  return stack.split('\n').some((line) => places.some((place) => line.includes(place)) || isOurLine(line));
}
