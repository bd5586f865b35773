import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CollibraImportResults } from '../../../src/api/importResults';
import { writeWhole } from '../../../src/commands/wholeFile';
import { startDemo } from '../../../src/demo/demo';
import { exportedErrors } from '../../../src/jobs/exportedErrors';
import type { ImportResults, PageRequest } from '../../../src/jobs/query';
import { httpTo } from '../../support/connect';
import { readCsv } from '../../support/csv';
import { failure } from '../../support/jobs';

describe('an export of what an import refused', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'errors-'));
    file = join(folder, 'errors.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const rows = async () => readCsv((await readFile(file, 'utf8')).slice(1)).slice(1);
  /** So many errors, in pages of at most this many. */
  const many = (count: number, most = 1000) => {
    const asked: PageRequest[] = [];
    const errors: ImportResults['errors'] = (_id, page, signal) => {
      signal?.throwIfAborted();
      asked.push(page);
      const from = Number(page.after ?? 0);
      const to = Math.min(count, from + Math.min(page.limit, most));
      const found = Array.from({ length: to - from }, (_, n) => ({ indices: [from + n], message: 'No.' }));
      const next = to < count ? (String(to) as PageRequest['after']) : undefined;
      return Promise.resolve({ kind: 'errors', errors: found, next });
    };
    return { results: { errors } as ImportResults, asked };
  };

  it('has every one once, page by page, and tells how many so far', async () => {
    const { results, asked } = many(2500);
    const counts: number[] = [];
    await writeWhole(
      file,
      exportedErrors(results, 'j', (count) => counts.push(count)),
    );
    const expected = Array.from({ length: 2500 }, (_, n) => String(n));
    assert.deepEqual(
      (await rows()).map(([, , index]) => index),
      expected,
    );
    assert.deepEqual(counts, [1000, 2000, 2500]);
    assert.equal(asked.length, 3);
  });

  it('has those of the demo, which hands out fewer at once', async () => {
    const clock = { time: Date.UTC(2026, 0, 15, 9), now: () => clock.time };
    const demo = await startDemo({ clock });
    const refused = () => demo.jobs().find(({ type, plan }) => type === 'IMPORT' && plan.errors > 2);
    let found = refused();
    for (let turn = 0; turn < 2000; turn++, clock.time += 10_000)
      if ((found = refused()) && found.result === 'COMPLETED_WITH_ERROR') break;
    const { id, plan } = found ?? assert.fail('no import refused anything');
    const real = new CollibraImportResults(httpTo(demo.url, demo.token).http);
    let pages = 0;
    const results: ImportResults = {
      summary: (job) => real.summary(job),
      errors: (job, page, signal) => {
        pages++;
        return real.errors(job, { ...page, limit: 2 }, signal);
      },
    };
    await writeWhole(
      file,
      exportedErrors(results, id, () => undefined),
    );
    const written = await rows();
    assert.equal(written.length, plan.errors);
    assert.equal(new Set(written.map(([, , , identifier]) => identifier)).size, plan.errors);
    // One more finds out that there are no more, where the last page was full.
    assert.equal(pages, Math.floor(plan.errors / 2) + 1);
    await demo.dispose();
  }).timeout(20_000);

  it('leaves no file behind when there is no result, when it fails midway, and when it is given up', async () => {
    const answers: [ImportResults['errors'], RegExp][] = [
      [
        () => Promise.resolve({ kind: 'notFinished' }),
        /errors\.csv was not written\. The import has not fin/,
      ],
      [() => Promise.resolve({ kind: 'noImport' }), /errors\.csv was not written\. The instance has no res/],
      [
        (id, page, signal) =>
          page.after === undefined
            ? many(2500).results.errors(id, page, signal)
            : Promise.reject(failure('server')),
        /errors\.csv was not written\. a failure of kind server/,
      ],
    ];
    for (const [errors, message] of answers) {
      const results = { errors } as ImportResults;
      await assert.rejects(
        writeWhole(
          file,
          exportedErrors(results, 'j', () => undefined),
        ),
        { message },
      );
      assert.deepEqual(await readdir(folder), []);
    }
    const controller = new AbortController();
    const { signal } = controller;
    const { results, asked } = many(2500);
    const pieces = exportedErrors(results, 'j', () => controller.abort(), signal);
    await assert.rejects(writeWhole(file, pieces, signal), { name: 'AbortError' });
    assert.deepEqual([asked.length, await readdir(folder)], [1, []]);
  });
});
