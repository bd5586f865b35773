import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { manifestFile, readBundle, writeBundle } from './bundles';
import { readSource } from './sentences';

/** VS Code's own name for a language that nobody speaks. */
export const pseudoLanguage = 'qps-ploc';

const accents: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('aáeéiíoöuücçnñyýAÅEÉIÎOÖUÛCÇNÑ'.matchAll(/(.)(.)/gu), ([, plain = '', accented = '']) => [
    plain,
    accented,
  ]),
);

/** Placeholders, icons, code, and what a link leads to: they stay as they are. */
const fixed = /(\{\w+\}|\$\([^)]+\)|`[^`]*`|\]\([^)]*\)|\[)/;

/** A sentence in brackets, with accents, and longer by two fifths: what isn't so on the screen is not localized. */
export function pseudo(sentence: string): string {
  return sentence.split('\n').map(pseudoLine).join('\n');
}

function pseudoLine(line: string): string {
  // A link that is alone on its line becomes a button, so its brackets stand outside.
  const link = /^\[(.*)\](\(.*\))$/.exec(line);
  if (link) return `[${pseudoLine(link[1] ?? '')}]${link[2] ?? ''}`;
  const said = line
    .split(fixed)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/[a-z]/gi, (letter) => accents[letter] ?? letter)))
    .join('');
  const words = line.replace(new RegExp(fixed, 'g'), '').length;
  return `⟦${said}${' ~~~'.repeat(Math.ceil((words * 0.4) / 4))}⟧`;
}

/** Gives the extension in this folder of extensions the language. The package itself never has it. */
export async function addPseudoLanguage(extensionsDir: string): Promise<void> {
  const name = (await readdir(extensionsDir)).find((each) => each.startsWith('collibra-jobs.collibra-jobs-'));
  if (name === undefined) throw new Error(`${extensionsDir} lacks the extension.`);
  const { sentences } = await readSource();
  const said = sentences.map(({ key, message }) => [key, pseudo(message)]);
  const manifest = Object.entries(await readBundle(manifestFile()));
  const named = manifest.map(([key, text]) => [key, pseudo(text)]);
  const file = (path: string) => join(extensionsDir, name, path);
  await writeBundle(file(`l10n/bundle.l10n.${pseudoLanguage}.json`), Object.fromEntries(said) as never);
  await writeBundle(file(`package.nls.${pseudoLanguage}.json`), Object.fromEntries(named) as never);
}
