import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { startDemo } from '../../src/demo/demo';
import { pack } from '../host/package';
import { root, temporaryFolder } from '../host/paths';
import type { Counted } from './windows/protocol';
import { openWindows } from './windows/windows';
import type { Figure } from './figure';
import { median } from './median';
import { product } from './product';

const measured = 'collibra-jobs.collibra-jobs';
const empty = 'bench.empty';
const violator = 'bench.violator';

/**
 * How long `activate()` of the product takes, imports included, beside that of an empty CommonJS extension in the
 * same windows; and what it asks and reads meanwhile. The product is connected to an instance.
 */
export async function activation({ windows: rounds = 15 } = {}): Promise<Figure[]> {
  const home = await temporaryFolder('bench-activation');
  const extensions = await Promise.all([packProduct(home), packEmpty(home), packViolator(home)]);
  const demo = await startDemo();
  const connections = watchPort(Number(new URL(demo.url).port));
  const windows = await openWindows(home, extensions);
  try {
    await windows.perform({ kind: 'connect', url: demo.url, token: demo.token });
    // The product last: it goes on asking.
    const { counted } = await windows.perform({ kind: 'count', extensions: [violator, measured] });
    const times: Record<string, number[]> = { [measured]: [], [empty]: [] };
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? [measured, empty] : [empty, measured];
      const answer = await windows.perform({ kind: 'time', extensions: order });
      for (const id of order) times[id]?.push(answer.times[id] ?? NaN);
    }
    return [...ratio(times[measured] ?? [], times[empty] ?? []), ...counts(counted, connections.opened)];
  } finally {
    await windows.close();
    connections.stop();
    await demo.dispose();
  }
}

function ratio(product: readonly number[], empty: readonly number[]): Figure[] {
  const of = { product: median(product), empty: median(empty) };
  const rounded = (times: readonly number[]) => times.map((time) => Math.round(time * 10) / 10);
  return [
    {
      name: 'activation, of that of an empty extension',
      value: of.product / of.empty,
      unit: '×',
      atMost: 2,
      detail: { 'product, ms': rounded(product), 'empty, ms': rounded(empty) },
    },
  ];
}

function counts(counted: Readonly<Record<string, Counted>>, opened: readonly number[]): Figure[] {
  const seen = counted[measured];
  const proof = counted[violator];
  if (!seen || !proof) throw new Error('An extension was not counted.');
  if (proof.requests.length === 0 || proof.reads.length < 2)
    throw new Error(`The counters missed what the violator does: ${JSON.stringify(proof)}`);
  if (!opened.some((at) => at > seen.ended)) throw new Error('The product asked nothing once it was active.');
  const arrived = opened.filter((at) => at >= seen.began && at <= seen.ended).length;
  return [
    {
      name: 'requests during activation',
      value: Math.max(arrived, seen.requests.length),
      unit: 'requests',
      atMost: 0,
      detail: { 'connections at the instance': arrived, 'in the extension host': seen.requests.join(', ') },
    },
    {
      name: 'files read during activation',
      value: seen.reads.length,
      unit: 'files',
      atMost: 0,
      detail: { calls: seen.reads.join(', ') },
    },
  ];
}

/** The product, in all as it is shipped but that it doesn't start by itself. */
async function packProduct(home: string): Promise<string> {
  const { folder } = await product();
  const copy = join(home, 'product');
  await cp(folder, copy, { recursive: true });
  const manifest = join(copy, 'package.json');
  const content = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, unknown>;
  await writeFile(manifest, JSON.stringify({ ...content, activationEvents: [] }));
  return packed(copy);
}

async function packEmpty(home: string): Promise<string> {
  const folder = join(home, 'empty');
  const engines = { vscode: '^1.105.0' };
  const manifest = { name: 'empty', publisher: 'bench', version: '0.0.1', main: './extension.js', engines };
  await mkdir(folder);
  await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  await writeFile(join(folder, 'extension.js'), 'exports.activate = () => {};\n');
  return packed(folder);
}

async function packViolator(home: string): Promise<string> {
  const folder = join(home, 'violator');
  await cp(join(root, 'test/bench/windows/violator'), folder, { recursive: true });
  return packed(folder);
}

async function packed(folder: string): Promise<string> {
  await pack(folder, `${folder}.vsix`);
  return `${folder}.vsix`;
}

/** Notes when each connection to the port of a server in this process was opened, ms since the epoch. */
function watchPort(port: number): { readonly opened: readonly number[]; stop(): void } {
  const opened: number[] = [];
  const note = (message: unknown) => {
    const { socket } = message as { readonly socket: Socket };
    if (socket.localPort === port) opened.push(performance.timeOrigin + performance.now());
  };
  subscribe('net.server.socket', note);
  return { opened, stop: () => void unsubscribe('net.server.socket', note) };
}
