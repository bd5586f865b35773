import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { DetailsModel } from '../../../src/details/model';
import type { ToPage } from '../../../src/details/protocol';
import type { Job } from '../../../src/jobs/job';
import type { ImportErrors, ImportSummary } from '../../../src/jobs/query';
import { errors, FakeSession } from '../../support/details';
import { failure, job } from '../../support/jobs';

describe('DetailsModel of an import', () => {
  const summary: ImportSummary = { kind: 'summary', errorsCount: 0, types: [] };
  let session: FakeSession;
  let model: DetailsModel;
  const posted: ToPage[] = [];
  const imports = () =>
    posted.splice(0).flatMap((message) => (message.kind === 'imports' ? [message.imports] : []));
  beforeEach(() => {
    posted.length = 0;
    session = new FakeSession();
    model = new DetailsModel(session, 'j', (message) => posted.push(message));
  });
  afterEach(() => model.dispose());

  const imported = (fields: Partial<Job> = {}) =>
    job('j', { type: 'Import', ...{ state: 'completed', ended: 2 }, ...(fields as object) });
  const openImport = async () => {
    session.served = imported();
    await model.open();
    await turn();
  };
  const asked = () => session.taken().filter((each) => each === 'summary' || each === 'errors');

  it('asks what it did once, after its end', async () => {
    session.served = imported({ state: 'running', endedOn: undefined });
    await model.open();
    session.store.upsert([imported({ state: 'running', endedOn: undefined, progress: 90 })]);
    await model.read();
    assert.deepEqual(asked(), []);
    assert.ok(imports().every(({ kind }) => kind === 'notFinished'));
    session.summaries = [summary];
    session.store.upsert([imported()]);
    await turn();
    session.store.upsert([imported({ message: 'Done' })]);
    await model.open();
    await turn();
    assert.deepEqual(asked(), ['summary']);
    const kinds = imports();
    assert.deepEqual(kinds[0], { kind: 'loading' });
    assert.deepEqual(kinds.at(-1), { kind: 'result', summary, errors: [], more: false, total: 0 });
  });

  it('says that there is no result, or not yet, and asks again when the page is refreshed', async () => {
    session.summaries = [{ kind: 'noImport' }, { kind: 'notFinished' }, failure('server'), summary];
    await openImport();
    assert.deepEqual(imports().at(-1), { kind: 'noImport' });
    session.store.upsert([imported({ message: 'Changed' })]);
    assert.deepEqual(asked(), ['summary']);
    for (const expected of ['notFinished', 'problem', 'result', 'result']) {
      await model.read();
      await turn();
      const last = imports().at(-1);
      if (last) assert.equal(last.kind, expected);
      if (last?.kind === 'problem') assert.equal(last.problem, 'a failure of kind server');
    }
    assert.deepEqual(asked(), ['summary', 'summary', 'summary']);
  });

  it('is never asked about a job of another type', async () => {
    session.served = job('j', { type: 'IMPORT_OF_NOTHING', state: 'completed', ended: 2 });
    await model.open();
    await turn();
    assert.deepEqual([asked(), imports()], [[], []]);
  });

  it('reads its errors page by page, never two at a time, and none after the last', async () => {
    let release: ((page: ImportErrors) => void) | undefined;
    const held = new Promise<ImportErrors>((resolve) => (release = resolve));
    session.summaries = [{ ...summary, errorsCount: 3 }];
    const next = '2' as ImportErrors['next'];
    session.errorPages = [errors(['a', 'b'], { next, total: 3 }), held];
    await openImport();
    const first = imports().at(-1);
    assert.ok(first?.kind === 'result' && first.more && first.total === 3);
    const reads = [model.readErrors(), model.readErrors()];
    release?.(errors(['c']));
    await Promise.all(reads);
    await model.readErrors();
    const all = imports();
    assert.equal(all.length, 1);
    const [last] = all;
    assert.ok(last?.kind === 'result' && !last.more);
    assert.deepEqual(
      last.errors.map(({ message }) => message),
      ['a', 'b', 'c'],
    );
    assert.equal(last.total, 3);
    assert.deepEqual(session.pages, [
      { limit: 50, after: undefined, count: true },
      { limit: 50, after: next, count: false },
    ]);
    assert.deepEqual(asked(), ['summary', 'errors', 'errors']);
  });

  it('keeps what was read when the next errors fail or are gone, says so, and tries again', async () => {
    session.summaries = [{ ...summary, errorsCount: 2 }];
    session.errorPages = [
      errors(['a'], { next: '1' as ImportErrors['next'] }),
      failure('server'),
      { kind: 'noImport' },
      errors(['b']),
    ];
    await openImport();
    const problems: (string | undefined)[] = [];
    for (let time = 0; time < 3; time++) {
      await model.readErrors();
      const last = imports().at(-1);
      assert.ok(last?.kind === 'result');
      assert.equal(last.errors.length, time < 2 ? 1 : 2);
      problems.push(last.problem);
    }
    assert.deepEqual(problems, [
      'a failure of kind server',
      'The instance has no result of this import.',
      undefined,
    ]);
  });
});
