import assert from 'node:assert/strict';
import manifest from '../../../package.json' with { type: 'json' };
import { spans } from '../../../src/jobs/filter';
import { cancelInput, findInput, jobInput } from '../../../src/tools/input';
import { schemas } from '../../../src/tools/schema';

const id = '0F7C1A52-1111-4222-8333-123456789ABC';

/** A schema without what is only said to the model. */
function bare(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(bare);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) =>
      key === 'description' && typeof value === 'string' ? [] : [[key, bare(value)]],
    ),
  );
}

describe('the tools of the manifest', () => {
  const tools = manifest.contributes.languageModelTools;

  it('take exactly what the code takes: fields, enums and limits', () => {
    assert.deepEqual(
      Object.fromEntries(tools.map(({ name, inputSchema }) => [name, bare(inputSchema)])),
      bare(schemas),
    );
  });

  it('describe every field, and let no other through', () => {
    const look = (schema: object, path: string): void => {
      const { properties = {}, additionalProperties } = schema as {
        properties?: Record<string, { description?: string; type: string }>;
        additionalProperties?: boolean;
      };
      assert.equal(additionalProperties, false, path);
      for (const [name, field] of Object.entries(properties)) {
        assert.ok(field.description, `${path}.${name}`);
        if (field.type === 'object') look(field, `${path}.${name}`);
      }
    };
    for (const { name, inputSchema } of tools) look(inputSchema, name);
  });
});

describe('the input of a tool', () => {
  it('is 20 jobs of anything when nothing is given', () => {
    const { filter, limit, connection } = findInput({});
    assert.deepEqual([limit, connection], [20, undefined]);
    assert.ok(Object.values(filter).every((value) => value === undefined));
  });

  it('becomes a filter', () => {
    const { filter, limit, connection } = findInput({
      connection: 'one',
      name: 'Import of',
      nameMatchMode: 'START',
      states: ['failed'],
      results: ['FAILURE'],
      types: ['IMPORT'],
      started: { within: 'day' },
      ended: { from: '2026-01-31T08:00:00Z', to: '2026-01-31T09:00:00+01:00' },
      limit: 100,
    });
    assert.deepEqual([limit, connection], [100, 'one']);
    assert.deepEqual(JSON.parse(JSON.stringify(filter)), {
      ...{ name: 'Import of', nameMatchMode: 'START', states: ['failed'], results: ['FAILURE'] },
      ...{ types: ['IMPORT'], started: { within: 'day' } },
      ended: { from: Date.UTC(2026, 0, 31, 8), to: Date.UTC(2026, 0, 31, 8) },
    });
  });

  it('takes local days, of which the last counts to its end', () => {
    const { filter } = findInput({ ended: { from: '2026-01-30', to: '2026-01-31' } });
    assert.deepEqual(filter.ended, {
      from: new Date(2026, 0, 30).getTime(),
      to: new Date(2026, 0, 31, 23, 59, 59, 999).getTime(),
    });
  });

  it('has ids in lower case', () => {
    assert.equal(jobInput({ id }).id, id.toLowerCase());
    assert.equal(cancelInput({ connection: 'one', id }).id, id.toLowerCase());
  });

  const refused: readonly [what: string, parse: (given: unknown) => unknown, given: unknown, said: RegExp][] =
    [
      ['no object', findInput, 'failed', /"input" must be an object/],
      ['a list', findInput, [], /"input" must be an object/],
      ['null', jobInput, null, /"input" must be an object/],
      ['an unknown field', findInput, { state: ['failed'] }, /nobody knows.*states/],
      ['a field of every object', findInput, { toString: 'x' }, /nobody knows/],
      ['an unknown state', findInput, { states: ['ERROR'] }, /"states" must be one of: running/],
      ['a state nobody can ask for', findInput, { states: ['other'] }, /must be one of/],
      ['an empty list', findInput, { states: [] }, /list of 1 to 6/],
      ['one state instead of a list', findInput, { states: 'failed' }, /"states" must be a list/],
      ['an unknown result', findInput, { results: ['GOOD'] }, /must be one of: NOT_SET/],
      ['an unknown way to compare', findInput, { nameMatchMode: 'LIKE' }, /must be one of: ANYWHERE/],
      ['an empty name', findInput, { name: '' }, /1 to 255 characters/],
      ['a long name', findInput, { name: 'x'.repeat(256) }, /1 to 255 characters/],
      ['a type that is no text', findInput, { types: [7] }, /"types" must be text/],
      ['too many types', findInput, { types: Array<string>(21).fill('A') }, /list of 1 to 20/],
      ['no jobs at all', findInput, { limit: 0 }, /from 1 to 100/],
      ['too many jobs', findInput, { limit: 101 }, /from 1 to 100/],
      ['half a job', findInput, { limit: 1.5 }, /whole number/],
      ['a limit in words', findInput, { limit: '20' }, /whole number/],
      ['an unknown span', findInput, { ended: { within: 'month' } }, new RegExp(spans.join(', '))],
      ['a period without ends', findInput, { ended: {} }, /"ended" takes either/],
      ['a span with an end', findInput, { started: { within: 'day', to: '2026-01-31' } }, /takes either/],
      ['a day that is none', findInput, { ended: { from: '2026-02-30' } }, /can not be understood/],
      ['such a day with a time', findInput, { ended: { from: '2026-02-30T08:00:00Z' } }, /not be understood/],
      ['a time in words', findInput, { ended: { from: 'yesterday' } }, /can not be understood/],
      [
        'an end before the beginning',
        findInput,
        { ended: { from: '2026-02-02', to: '2026-02-01' } },
        /ends before/,
      ],
      ['no id', jobInput, { connection: 'one' }, /"id" is missing/],
      ['an id that is none', jobInput, { id: '../users' }, /which is a UUID/],
      ['a cancel without a connection', cancelInput, { id }, /"connection" is missing/],
      ['a cancel without an id', cancelInput, { connection: 'one' }, /"id" is missing/],
      ['a long message', cancelInput, { connection: 'one', id, message: 'x'.repeat(129) }, /1 to 128/],
      ['a cancel without a question', cancelInput, { connection: 'one', id, confirm: false }, /nobody knows/],
    ];
  for (const [what, parse, given, said] of refused)
    it(`is refused with a sentence: ${what}`, () => assert.throws(() => parse(given), said));
});
