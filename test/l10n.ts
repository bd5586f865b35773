/**
 * `npm run l10n`: gives each translation exactly the keys that there are. What is new is empty, which a test refuses
 * until somebody translates it.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './host/paths';
import { bundleFile, fitted, languages, manifestFile, readBundle, writeBundle } from './support/bundles';
import { readSource } from './support/sentences';

const { sentences, unreadable } = await readSource();
for (const place of unreadable) console.log(`${place}: this sentence is no literal`);
const said = [...new Set(sentences.map(({ key }) => key))].sort();
const manifest = Object.keys(await readBundle(manifestFile()));

await mkdir(join(root, 'l10n'), { recursive: true });
for (const language of languages) {
  for (const [file, keys] of [
    [bundleFile(language), said],
    [manifestFile(language), manifest],
  ] as const) {
    const before = await readBundle(file);
    const after = fitted(before, keys);
    await writeBundle(join(root, file), after);
    const missing = keys.filter((key) => after[key] === '').length;
    const dropped = Object.keys(before).filter((key) => !(key in after)).length;
    console.log(`${file}: ${keys.length} sentences, ${missing} to translate, ${dropped} dropped`);
  }
}
