/**
 * `npm run l10n`: gives each translation exactly the keys that there are. What is new or says something else now is
 * empty, which a test refuses until somebody translates it.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './host/paths';
import {
  bundleFile,
  fitted,
  languages,
  manifestFile,
  readBundle,
  translatedFile,
  writeBundle,
} from './support/bundles';
import { readSource } from './support/sentences';

const { sentences, unreadable } = await readSource();
for (const place of unreadable) console.log(`${place}: this sentence is no literal`);
const said = [...new Set(sentences.map(({ key }) => key))].sort();
const manifest = await readBundle(manifestFile());
const translated = await readBundle(translatedFile);
const changed = Object.keys(manifest).filter((key) => translated[key] !== manifest[key]);

await mkdir(join(root, 'l10n'), { recursive: true });
for (const language of languages) {
  for (const [file, keys, stale] of [
    [bundleFile(language), said, []],
    [manifestFile(language), Object.keys(manifest), changed],
  ] as const) {
    const before = await readBundle(file);
    const after = fitted(before, keys, stale);
    await writeBundle(join(root, file), after);
    const missing = keys.filter((key) => after[key] === '').length;
    const dropped = Object.keys(before).filter((key) => !(key in after)).length;
    console.log(`${file}: ${keys.length} sentences, ${missing} to translate, ${dropped} dropped`);
  }
}
await writeBundle(join(root, translatedFile), manifest);
