import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Claims } from '../../../src/connections/claims';
import { LastFocus } from '../../../src/connections/focus';
import { Watched } from '../../../src/connections/watched';

describe('what the windows of a machine tell each other', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'claims-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is claimed by the first, also after a restart', () => {
    const [one, other] = [new Claims(join(folder, 'told')), new Claims(join(folder, 'told'))];
    assert.deepEqual(
      [one.claim('a'), other.claim('a'), other.claim('b'), one.claim('b')],
      [true, false, true, false],
    );
    assert.equal(new Claims(join(folder, 'told')).claim('a'), false);
    // A name of a file says nothing of a job.
    for (const name of readdirSync(join(folder, 'told'))) assert.match(name, /^[0-9a-f]{64}$/);
  });

  it('is told by every window rather than by none where no file can be written', () => {
    writeFileSync(join(folder, 'file'), '');
    const claims = new Claims(join(folder, 'file'));
    assert.deepEqual(
      [claims.claim('a'), claims.claim('a'), new Claims(join(folder, 'file')).claim('a')],
      [true, false, true],
    );
  });

  it('is forgotten after a month', async () => {
    const claims = new Claims(folder);
    claims.claim('old');
    const [old = ''] = readdirSync(folder);
    const before = Date.now() / 1000 - 31 * 24 * 3600;
    utimesSync(join(folder, old), before, before);
    claims.claim('new');
    await claims.tidy();
    assert.deepEqual([claims.claim('new'), claims.claim('old')], [false, true]);
    await new Claims(join(folder, 'none')).tidy();
  });

  it('includes which of them was looked at last', () => {
    const file = join(folder, 'made', 'focused');
    const [one, other] = [new LastFocus(file), new LastFocus(file)];
    // Nobody was, yet: the first to ask takes the place.
    assert.deepEqual([other.isHere(), one.isHere()], [true, false]);
    one.take();
    assert.deepEqual([one.isHere(), other.isHere()], [true, false]);
    other.take();
    assert.deepEqual([one.isHere(), other.isHere()], [false, true]);
    one.dispose();
    assert.ok(other.isHere());
    other.dispose();
    assert.deepEqual([one.isHere(), other.isHere()], [true, false]);
  });
});

describe('watched jobs', () => {
  it('are remembered by connection, and what was stored otherwise is none', () => {
    const kept = new Map<string, unknown>([['odd', { a: 1 }]]);
    const watched = new Watched({
      get: (id) => kept.get(id),
      set: (id, ids) => {
        if (ids) kept.set(id, ids);
        else kept.delete(id);
      },
    });
    const told: string[] = [];
    watched.onDidChange(({ connection, ids }) => told.push(`${connection} ${ids.join('+')}`));
    assert.deepEqual(watched.of('odd'), []);
    watched.add('one', ['a', 'b']);
    watched.add('one', ['b']);
    assert.deepEqual(watched.of('one'), ['a', 'b']);
    assert.deepEqual([watched.has('one', 'a'), watched.has('two', 'a')], [true, false]);
    watched.remove('one', ['a', 'b']);
    assert.equal(kept.has('one'), false);
    assert.deepEqual(told, ['one a+b', 'one b', 'one a+b']);
  });
});
