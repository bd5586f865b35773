/**
 * `npm run bench`: measures what the product costs, prints a table and writes it to `out/bench.json`. It is no test:
 * a figure that misses its limit is marked, and nothing fails. With names only those parts: `npm run bench reading`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { out } from '../host/paths';
import { onTermination, stopProcesses } from '../host/processes';
import { activation } from './activation';
import type { Figure } from './figure';
import { reading } from './reading';
import { requests } from './requests';
import { size } from './size';
import { table } from './table';
import { tree } from './tree';

/** In this order, one after the other: nothing else runs while something is timed. */
const parts: Readonly<Record<string, () => Promise<Figure[]>>> = {
  requests,
  reading,
  tree,
  activation,
  size,
};

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
const unknown = names.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. There is ${Object.keys(parts).join(', ')}.`);
  process.exit(2);
}

onTermination(stopProcesses);
const figures: Figure[] = [];
for (const name of names) {
  console.log(`${name} …`);
  figures.push(...((await parts[name]?.()) ?? []));
}

const machine = { node: process.version, platform: process.platform, cores: cpus().length };
await mkdir(out, { recursive: true });
const file = join(out, 'bench.json');
await writeFile(
  file,
  `${JSON.stringify({ at: new Date().toISOString(), machine, figures }, undefined, 2)}\n`,
);
console.log(`\n${table(figures)}\n\nWith the rounds behind each figure: ${file}`);
process.exit(0);
