import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { csvHead, csvRow, harmless } from '../../../src/jobs/csv';
import { exported } from '../../../src/jobs/exported';
import { jobStates, type Job } from '../../../src/jobs/job';
import { readCsv } from '../../support/csv';

const text = fc.option(
  fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', ';', ',', '"', "'", 'a', '＝'))
      .map((parts) => parts.join('')),
  ),
  { nil: undefined },
);
const flag = fc.option(fc.boolean(), { nil: undefined });
const date = fc.option(fc.date({ min: new Date(1), max: new Date(4e12), noInvalidDate: true }), {
  nil: undefined,
});
const anyJob: fc.Arbitrary<Job> = fc.record({
  id: fc.uuid(),
  state: fc.constantFrom(...jobStates),
  progress: fc.option(fc.integer({ min: 0, max: 100 }), { nil: undefined }),
  visibility: fc.option(fc.integer(), { nil: undefined }),
  ...{ name: text, type: text, rawState: text, result: text, message: text },
  ...{ createdBy: text, lastModifiedBy: text, user: text },
  ...{ createdOn: date, lastModifiedOn: date, startedOn: date, endedOn: date },
  ...{ cancelable: flag, system: flag, selfManaged: flag },
});

/** What a spreadsheet computes when a cell begins with it, per OWASP's "CSV Injection". */
const dangerous = /^[=+\-@\t\r\n＝＋－＠]/u;
const columns = csvHead.slice(1).trimEnd().split(',') as (keyof Job)[];

describe('jobs as CSV', () => {
  it('say every field of a job, each once, in cells that another reader finds again', () => {
    fc.assert(
      fc.property(fc.array(anyJob), (jobs) => {
        const [head, ...rows] = readCsv(csvHead.slice(1) + jobs.map(csvRow).join(''));
        assert.deepEqual(head, columns);
        assert.equal(rows.length, jobs.length);
        for (const [at, job] of jobs.entries()) {
          assert.deepEqual(columns.toSorted(), Object.keys(job).toSorted());
          const cells = columns.map((name) => {
            const value = job[name];
            if (value instanceof Date) return value.toISOString();
            return typeof value === 'string' ? harmless(value) : String(value ?? '');
          });
          assert.deepEqual(rows[at], cells);
        }
      }),
    );
  });

  it('hold no cell that a spreadsheet would compute, also where semicolons part the cells', () => {
    fc.assert(
      fc.property(text, (name) => {
        const row = csvRow({ id: 'x', state: 'running', name });
        for (const cell of readCsv(row)[0] ?? []) assert.doesNotMatch(cell, dangerous);
        for (const cell of row.split(/[;\t\r\n]/)) assert.doesNotMatch(cell, /^"*[=+\-@＝＋－＠]/u);
      }),
    );
  });

  it('differ from the text by apostrophes before what would be computed, and by nothing else', () => {
    const changed: [string, string][] = [
      ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
      ['+1', "'+1"],
      ['-1', "'-1"],
      ['@SUM(A1)', "'@SUM(A1)"],
      ['\tx', "'\tx"],
      ['\r\nx', "'\r\nx"],
      ['x;=1', "x;'=1"],
      ['first\n- second', "first\n'- second"],
      ['a=b+c-d@e', 'a=b+c-d@e'],
      ['a; b\nc', 'a; b\nc'],
      ['', ''],
    ];
    for (const [given, expected] of changed) assert.equal(harmless(given), expected);
    fc.assert(fc.property(fc.string(), (given) => assert.equal(bare(harmless(given)), bare(given))));
  });

  it('begin with the mark of UTF-8 and a row of names, and end each row as the standard says', () => {
    assert.equal(csvHead.charCodeAt(0), 0xfeff);
    assert.match(csvHead, /^.id,name,type,state,.*\r\n$/);
    assert.equal(
      csvRow({
        id: 'x',
        state: 'failed',
        message: 'a "b", c',
        endedOn: new Date(0),
        progress: 5,
        system: false,
      }),
      'x,,,failed,,,"a ""b"", c",5,,,,,,1970-01-01T00:00:00.000Z,,,,false,\r\n',
    );
  });
});

describe('jobs as JSON', () => {
  it('are a list of what the API tells', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyJob), async (jobs) => {
        const told: number[] = [];
        const read = JSON.parse(await all(jobs, told)) as unknown;
        assert.deepEqual(read, JSON.parse(JSON.stringify(jobs)));
        assert.equal(told.at(-1), jobs.length);
      }),
    );
  });
});

async function all(jobs: readonly Job[], told: number[]): Promise<string> {
  const given = Readable.from(jobs) as AsyncIterable<Job>;
  let written = '';
  for await (const piece of exported(given, 'json', (count) => told.push(count))) written += piece;
  return written;
}

const bare = (given: string) => given.replaceAll("'", '');
