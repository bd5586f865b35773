import { csvHead, csvRow } from './csv';
import type { Job } from './job';

export const exportFormats = ['csv', 'json'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** What stands before the jobs, between any two of them, and after them. */
const frames: Record<
  ExportFormat,
  { before: string; row: (job: Job) => string; between: string; after: string }
> = {
  csv: { before: csvHead, row: csvRow, between: '', after: '' },
  json: { before: '[\n', row: (job) => JSON.stringify(job), between: ',\n', after: '\n]\n' },
};

/** Characters that are handed on at once, about: a write for each row would take longer than making it. */
const chunk = 64 * 1024;

/** The text of a file with these jobs, in pieces. `told` hears how many jobs there were so far. */
export async function* exported(
  jobs: AsyncIterable<Job> | Iterable<Job>,
  format: ExportFormat,
  told: (count: number) => void,
): AsyncGenerator<string> {
  const { before, row, between, after } = frames[format];
  let text = before;
  let count = 0;
  for await (const job of jobs) {
    if (count++ > 0) text += between;
    text += row(job);
    if (text.length < chunk) continue;
    yield text;
    text = '';
    told(count);
  }
  told(count);
  yield text + after;
}
