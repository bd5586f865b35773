import { exportToFile } from '../../src/commands/exportFile';
import type { ExportFormat } from '../../src/jobs/exported';
import type { Generation } from '../../src/jobs/query';
import { connect } from '../bench/instance';

/** An export in a process of its own, where nothing else takes memory. */
export interface ExportRun {
  readonly url: string;
  readonly generation: Generation;
  readonly format: ExportFormat;
  readonly file: string;
}

export interface ExportMemory {
  /** Jobs that were written. */
  readonly count: number;
  /**
   * Bytes of the heap and what hangs on it, more than at the start, at most: what is held. How much garbage lies
   * about besides is a matter of when it is collected, which depends on the machine.
   */
  readonly held: number;
}

const { url, generation, format, file } = JSON.parse(process.argv[2] ?? '') as ExportRun;
const api = await connect({ url }, generation);
const look = () => {
  if (!global.gc) throw new Error('It takes --expose-gc.');
  global.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

// What is loaded and compiled when the first is made is no cost of its size.
await exportToFile(api, { format, file, query: { states: ['waiting', 'running'] } });
const start = look();
let most = start;
let looks = 0;
const told = () => {
  // A collection takes long: one for every few megabytes that were written is enough.
  if (looks++ % 25 === 0) most = Math.max(most, look());
};
const count = await exportToFile(api, { format, file, query: {}, told });
most = Math.max(most, look());
process.send?.({ count, held: most - start } satisfies ExportMemory);
