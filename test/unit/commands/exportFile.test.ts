import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adapterOf } from '../../../src/api/generation';
import { exportToFile } from '../../../src/commands/exportFile';
import type { ExportFormat } from '../../../src/jobs/exported';
import type { Job } from '../../../src/jobs/job';
import type { Generation } from '../../../src/jobs/query';
import { startInstance, type Instance } from '../../bench/instance';
import { jobOf } from '../../bench/server/fields';
import { Population } from '../../bench/server/population';
import { httpTo } from '../../support/connect';
import { readCsv } from '../../support/csv';
import type { ExportMemory, ExportRun } from '../../support/exportProcess';
import { FakeApi, job } from '../../support/jobs';
import { json, loopback } from '../../support/loopback';

describe('an export to a file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'export-'));
    file = join(folder, 'jobs.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const format = 'csv';
  const found = async () => (await readdir(folder)).toSorted();
  const ids = async () =>
    readCsv(await readFile(file, 'utf8'))
      .slice(1)
      .map(([id]) => id);
  const many = Array.from({ length: 3000 }, (_, n) => job(`j${n}`, { created: 9000 - n }));
  const fake = (jobs: readonly Job[] = many) => Object.assign(new FakeApi(), { jobs });

  it('has all jobs that match, tells how many so far, and replaces what was there', async () => {
    await writeFile(file, 'before');
    const counts: number[] = [];
    assert.equal(await exportToFile(fake(), { query: {}, format, file, told: (n) => counts.push(n) }), 3000);
    assert.deepEqual(
      await ids(),
      many.map(({ id }) => id),
    );
    assert.ok(counts.length > 1 && counts.at(-1) === 3000, String(counts));
    assert.equal(await exportToFile(fake(), { query: { states: ['failed'] }, format, file }), 0);
    assert.deepEqual(await ids(), []);
    assert.deepEqual(await found(), ['jobs.csv']);
  });

  it('leaves nothing behind when it is canceled, and what was there untouched', async () => {
    await writeFile(file, 'before');
    const controller = new AbortController();
    const told = () => controller.abort();
    const { signal } = controller;
    await assert.rejects(exportToFile(fake(), { query: {}, format, file, signal, told }), {
      name: 'AbortError',
    });
    assert.equal(await readFile(file, 'utf8'), 'before');
    assert.deepEqual(await found(), ['jobs.csv']);
  });

  it('has its name only once it is whole', async () => {
    const seen: Promise<string[]>[] = [];
    await exportToFile(fake(), { query: {}, format, file, told: () => seen.push(found()) });
    const [first] = await Promise.all(seen);
    assert.equal(first?.length, 1);
    assert.match(first[0] ?? '', /^\.jobs\.csv\.[0-9a-f]+\.part$/);
  });

  it('is given up with the reason when the instance fails midway', async () => {
    await writeFile(file, 'before');
    const row = (n: number) => ({ id: `j${n}`, state: 'RUNNING', createdOn: 1e12 - n });
    const server = await loopback(({ query }, response) => {
      const offset = Number(query.get('offset'));
      if (offset >= 1999) json(response, { userMessage: 'Out of memory.' }, 500);
      else json(response, { results: Array.from({ length: 1000 }, (_, n) => row(offset + n)) });
    });
    const { http, log } = httpTo(server.url);
    const counts: number[] = [];
    await assert.rejects(
      exportToFile(adapterOf('core-2.0', http, log), {
        ...{ query: {}, format, file },
        told: (n) => counts.push(n),
      }),
      { message: 'jobs.csv was not written. Acme had a problem of its own: Out of memory. Try again later.' },
    );
    assert.ok((counts[0] ?? 0) > 0, 'some rows were written before');
    assert.equal(await readFile(file, 'utf8'), 'before');
    assert.deepEqual(await found(), ['jobs.csv']);
    await server.close();
  });

  it('says what is wrong with the file, and asks nothing of the instance', async () => {
    await mkdir(join(folder, 'folder.csv'));
    await writeFile(join(folder, 'file'), '');
    const wrong: [string, RegExp][] = [
      ['missing/jobs.csv', /^jobs\.csv was not written\. Its folder doesn't exist\.$/],
      ['file/jobs.csv', /^jobs\.csv was not written\. Its folder doesn't exist\.$/],
      ['folder.csv', /^folder\.csv was not written\. It is a folder\.$/],
      [`${'x'.repeat(250)}.csv`, /^x+\.csv was not written\. Its name is too long\.$/],
    ];
    for (const [name, message] of wrong) {
      const api = fake();
      await assert.rejects(exportToFile(api, { query: {}, format, file: join(folder, name) }), { message });
      assert.deepEqual(api.asked, []);
    }
    assert.deepEqual(await found(), ['file', 'folder.csv']);
  });

  it('says that a folder may not be written to', async function () {
    // Nothing but the system's own folders keeps the superuser from writing.
    if (process.getuid?.() === 0) file = '/sys/jobs.csv';
    else await chmod(folder, 0o500);
    await assert.rejects(exportToFile(fake(), { query: {}, format, file }), {
      message: /^jobs\.csv was not written\. You may not write there\.$/,
    });
    await chmod(folder, 0o700);
  });

  it('writes to what a symbolic link stands for', async () => {
    const target = join(folder, 'elsewhere.csv');
    await writeFile(target, 'before');
    await symlink(target, file);
    await exportToFile(fake(), { query: {}, format, file });
    assert.match(await readFile(target, 'utf8'), /j2999/);
    assert.deepEqual(await found(), ['elsewhere.csv', 'jobs.csv']);
  });
});

describe('an export of 100,000 jobs', function () {
  this.timeout(60_000).slow(20_000);
  const plan = { jobs: 100_000, active: 20, newest: Date.UTC(2026, 0, 31) };
  const population = new Population(plan);
  let instance: Instance;
  let folder: string;
  before(async () => {
    instance = await startInstance(plan);
    folder = await mkdtemp(join(tmpdir(), 'export-'));
  });
  after(async () => {
    await instance.stop();
    await rm(folder, { recursive: true });
  });

  const run = async (
    generation: Generation,
    format: ExportFormat,
  ): Promise<ExportMemory & { file: string }> => {
    const file = join(folder, `jobs.${format}`);
    const settings: ExportRun = { url: instance.url, generation, format, file };
    const child = fork(
      join(import.meta.dirname, '../../support/exportProcess.ts'),
      [JSON.stringify(settings)],
      {
        execArgv: ['--expose-gc', '--import', 'tsx'],
      },
    );
    const ended = once(child, 'exit').then(([code]) => assert.fail(`It ended with code ${String(code)}.`));
    const [memory] = (await Promise.race([once(child, 'message'), ended])) as [ExportMemory];
    return { ...memory, file };
  };
  /** What the instance has as the row at this place, as the file tells it; the newest comes first. */
  const expected = (at: number, generation: Generation) => {
    const row = jobOf(population.get(plan.jobs - 1 - at) ?? assert.fail(), plan);
    const state = generation === 'jobs-v1' && row.state === 'canceling' ? 'running' : row.state;
    return JSON.parse(JSON.stringify({ ...row, state })) as Record<string, string | number>;
  };
  const fits = ({ held }: ExportMemory) => assert.ok(held < 60e6, `${held} bytes were held at once`);

  it('has every one in CSV, and needs less than 60 MB for it', async () => {
    const { file, ...memory } = await run('core-2.0', 'csv');
    assert.equal(memory.count, plan.jobs);
    const [head = [], ...rows] = readCsv((await readFile(file, 'utf8')).slice(1));
    assert.equal(rows.length, plan.jobs);
    for (const [at, cells] of rows.entries())
      for (const [field, value] of Object.entries(expected(at, 'core-2.0')))
        if (cells[head.indexOf(field)] !== String(value))
          assert.fail(`${field} of row ${at}: ${cells.join()}`);
    fits(memory);
  });

  it('has every one in JSON, and needs less than 60 MB for it', async () => {
    const { file, ...memory } = await run('jobs-v1', 'json');
    assert.equal(memory.count, plan.jobs);
    const rows = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>[];
    assert.equal(rows.length, plan.jobs);
    for (const [at, row] of rows.entries())
      for (const [field, value] of Object.entries(expected(at, 'jobs-v1')))
        if (row[field] !== value) assert.fail(`${field} of row ${at}: ${JSON.stringify(row)}`);
    fits(memory);
  });
});
