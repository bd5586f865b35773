import type { Job } from './job';

/** The columns, in order: the fields of a job by their names in the API for other extensions. */
const columns = [
  'id',
  'name',
  'type',
  'state',
  'rawState',
  'result',
  'message',
  'progress',
  'createdOn',
  'createdBy',
  'lastModifiedOn',
  'lastModifiedBy',
  'startedOn',
  'endedOn',
  'user',
  'cancelable',
  'visibility',
  'system',
  'selfManaged',
] as const satisfies readonly (keyof Job)[];

/** The mark of UTF-8, without which Excel takes the text for another encoding, and the header row. */
export const csvHead = `\uFEFF${columns.join(',')}\r\n`;

/** A job as a row of CSV (RFC 4180). Instants are ISO 8601 in UTC; what isn't known is an empty cell. */
export function csvRow(job: Job): string {
  return csvLine(columns.map((name) => job[name]));
}

/** A row of CSV, with its end. No spreadsheet computes any of it. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

type Cell = Job[(typeof columns)[number]];

function cell(value: Cell): string {
  if (value === undefined) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return String(value);
  const text = harmless(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Where a cell may begin that a spreadsheet would compute, be the sign of full width or skipped over. */
const formula = /^(?=[=+\-@\t\r\n＝＋－＠])|(?<=[;\t\r\n]"*)(?=[=+\-@＝＋－＠])/gu;

/**
 * The text with an apostrophe before whatever a spreadsheet would compute. Also inside of it: where semicolons part
 * the cells, which is so in most of Europe, a cell may begin in the middle of what was one, quotes before it.
 */
export function harmless(text: string): string {
  return text.replace(formula, "'");
}
