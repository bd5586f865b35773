import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../host/paths';

/** Sentences by the keys that VS Code looks them up by. */
export type Bundle = Readonly<Record<string, string>>;

/** The languages that there are translations into, as VS Code names them. */
export const languages = ['de', 'fr'] as const;

/** What src says, in a language. */
export const bundleFile = (language: string) => `l10n/bundle.l10n.${language}.json`;

/** What package.json says, in a language; in English without one. */
export const manifestFile = (language?: string) =>
  language === undefined ? 'package.nls.json' : `package.nls.${language}.json`;

/** The English sentences of package.json that were translated, by which a change of one is noticed. */
export const translatedFile = 'test/support/translated.nls.json';

/** A bundle of the project; empty when there is none yet. */
export async function readBundle(file: string): Promise<Bundle> {
  try {
    return JSON.parse(await readFile(join(root, file), 'utf8')) as Bundle;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return {};
    throw error;
  }
}

export async function writeBundle(path: string, bundle: Bundle): Promise<void> {
  await writeFile(path, `${JSON.stringify(bundle, null, 2)}\n`);
}

/** The bundle with exactly these keys, in their order; what has no translation yet, or a stale one, is empty. */
export function fitted(bundle: Bundle, keys: readonly string[], stale: readonly string[] = []): Bundle {
  return Object.fromEntries(keys.map((key) => [key, stale.includes(key) ? '' : (bundle[key] ?? '')]));
}
