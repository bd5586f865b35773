import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as ts from 'typescript';
import manifest from '../../package.json' with { type: 'json' };
import { root } from '../host/paths';
import {
  bundleFile,
  languages,
  manifestFile,
  readBundle,
  translatedFile,
  type Bundle,
} from '../support/bundles';
import { placeholders, readSource, readText, type Literal, type Source } from '../support/sentences';
import { notForPeople } from '../support/notForPeople';

/** What a product is called is the same in every language. */
const names = ['Collibra Jobs', 'Jobs for Collibra'];

/** What stands before the noun is no count, or a limit that never is one. */
const noCounts = new Set([
  '{0} jobs/name of a file',
  '{0} errors/name of a file',
  'A cancel message for {0} has at most {1} characters.',
  'a cancel message has at most {0} characters',
  'its label has more than {0} characters',
  'its name has more than one line, or more than {0} characters',
  '"{0}" must have {1} to {2} characters.',
  '{0} of {1} characters',
]);

/** Whether a string has two words, or is a single one as a title or a button has it. */
function isForPeople({ text, node, place }: Literal): boolean {
  const words = text.replace(/\$\([\w~-]+\)/g, '').replaceAll('{}', ' 0 ');
  const several = /\p{L}{2,}[^\p{L}\s]*\s+(.*\s)?[^\p{L}\s]*\p{L}{2,}|\p{L}{2,} 0 |0 \p{L}{2,}/su.test(words);
  if (!several && !/^\p{Lu}\p{Ll}+…?$/u.test(words.trim())) return false;
  const file = place.replace(/:\d+$/, '');
  // The demo's data are an instance's, which are shown as they came.
  // HTML has no text of its own.
  const html = ts.isTaggedTemplateExpression(node.parent);
  return !file.startsWith('src/demo/') && !html && !isLogged(node) && !notForPeople[file]?.includes(text);
}

/** Whether it is written to the log, which is in English. */
function isLogged(node: ts.Node): boolean {
  const call = ts.findAncestor(node, ts.isCallExpression);
  return call !== undefined && /\blog\.(trace|debug|info|warn|error)$/.test(call.expression.getText());
}

/** What people read of a manifest; not what is told to language models. */
function spoken(node: unknown, name = ''): string[] {
  if (typeof node === 'string') return readable.has(name) ? [node] : [];
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((each) => spoken(each, name));
  return Object.entries(node).flatMap(([key, value]) => (key === 'inputSchema' ? [] : spoken(value, key)));
}

const readable = new Set(
  (
    'category contents description deprecationMessage detail displayName enumDescriptions enumItemLabels errorMessage ' +
    'fullName label markdownDescription markdownEnumDescriptions name shortTitle title userDescription'
  ).split(' '),
);

/** Whether a translation has a sentence for each in English, with the same placeholders. */
function compare(english: Bundle, translated: Bundle): void {
  assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
  const wrong = Object.entries(english).filter(([key, sentence]) => {
    const translation = translated[key] ?? '';
    const same = placeholders(translation).join() === placeholders(sentence).join();
    // What stands between brackets is a command, or the address of one.
    const links = (text: string) => (text.match(/\]\([^)]*\)/g) ?? []).join();
    // A sentence of several words that is the same in both languages was forgotten.
    const forgotten = translation === sentence && sentence.split(/\s+/).length > 3;
    return translation.trim() === '' || !same || links(translation) !== links(sentence) || forgotten;
  });
  assert.deepEqual(wrong, []);
}

describe('Localization', () => {
  let source: Source;
  before(async () => (source = await readSource()));

  describe('of what src says', () => {
    it('finds every sentence as a literal', () => {
      assert.ok(source.sentences.length > 500);
      assert.deepEqual(source.unreadable, []);
    });

    it('fills every placeholder', () => {
      const lacking = source.sentences.filter(({ key, values }) => {
        const wanted = new Set(placeholders(key)).size;
        return values !== undefined && values !== wanted;
      });
      assert.deepEqual(lacking, []);
    });

    it('leaves no sentence out', () => {
      assert.deepEqual(
        source.literals.filter(isForPeople).map(({ place, text }) => `${place} ${text}`),
        [],
      );
    });

    it('knows a sentence that is not localized when it sees one', () => {
      const said = (code: string) => readText('src/views/some.ts', code).literals.filter(isForPeople);
      assert.equal(said("show('No job is running.');").length, 1);
      assert.equal(said('show(`${name} is gone`);').length, 1);
      assert.equal(said("show('Running');").length, 1);
      assert.equal(said("show(t('No job is running.'), 'kind', `$(icon) ${name}`);").length, 0);
      assert.equal(said("log.info('Nothing is sent any more.');").length, 0);
      assert.deepEqual(readText('src/x.ts', "t('a' + b); vscode.l10n.t(sentence);").unreadable.length, 2);
    });

    it('excuses nothing that is gone', () => {
      const stale = Object.entries(notForPeople).flatMap(([file, texts]) =>
        texts.filter(
          (text) => !source.literals.some((each) => each.text === text && each.place.startsWith(`${file}:`)),
        ),
      );
      assert.deepEqual(stale, []);
    });

    it('gives a sentence with a count the form that goes with it', () => {
      const counts = /\{\d\}\+? (jobs?|errors?|runs?|lines?|characters?|job IDs?)\b/;
      const formless = source.sentences.filter(
        ({ key, form }) => form === undefined && counts.test(key) && !noCounts.has(key),
      );
      assert.deepEqual(formless, []);
      const ones = source.sentences.filter(({ form }) => form === 'one').map(({ key }) => key);
      const others = source.sentences.filter(({ form }) => form === 'other').map(({ key }) => key);
      assert.ok(ones.length > 0);
      assert.deepEqual(
        ones.filter((key) => others.includes(key)),
        [],
        'the same sentence for one and for others',
      );
    });
  });

  describe('of what package.json says', () => {
    it('leaves no sentence out', () => {
      assert.deepEqual(
        spoken(manifest).filter((text) => !/^(%[\w.]+%|[a-z_-]+)$/.test(text) && !names.includes(text)),
        [],
      );
    });
  });

  it('was translated from what package.json says now', async () => {
    assert.deepEqual(await readBundle(translatedFile), await readBundle(manifestFile()));
  });

  for (const language of languages) {
    describe(`into ${language}`, () => {
      it('translates every sentence of src, and no other, with its placeholders', async () => {
        const english = Object.fromEntries(source.sentences.map(({ key, message }) => [key, message]));
        compare(english, await readBundle(bundleFile(language)));
      });

      it('translates every sentence of package.json, and no other, with its placeholders', async () => {
        compare(await readBundle(manifestFile()), await readBundle(manifestFile(language)));
      });

      it('has the forms of a count that sentences are given', () => {
        const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
        // `many` is for whole millions in French.
        assert.deepEqual(
          pluralCategories.filter((each) => !['one', 'many', 'other'].includes(each)),
          [],
        );
      });
    });
  }

  it('has translations into no other languages than those that are tested', async () => {
    const found = [
      ...(await readdir(join(root, 'l10n'))).map((name) => `l10n/${name}`),
      ...(await readdir(root)),
    ];
    assert.deepEqual(
      found.filter((name) => /bundle\.l10n|package\.nls\../.test(name) && name !== manifestFile()).sort(),
      languages.flatMap((language) => [bundleFile(language), manifestFile(language)]).sort(),
    );
    const shipped = await readFile(join(root, '.vscodeignore'), 'utf8');
    for (const language of languages) assert.ok(shipped.includes(`!${manifestFile(language)}\n`));
  });
});
