import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder of the package that a file of a build is of: the innermost. Undefined for our own. */
const packageOf = (file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

/** Packages without the license file of their repository, and where the same one is. */
const published = { '@vscode/l10n': 'node_modules/@vscode/codicons/LICENSE-CODE' };

/** A license that asks to be named and linked, not to be copied: its text would be most of all of them. */
const attribution = {
  start: 'Attribution 4.0 International',
  instead:
    'Creative Commons Attribution 4.0 International\nhttps://creativecommons.org/licenses/by/4.0/legalcode',
};

/**
 * The licenses of what is in the bundles: each package whose code or pictures got into an output, with its version.
 *
 * @param metafiles those of esbuild
 * @throws where a package brings no license: nobody could say then whether it may be shipped
 */
export async function thirdPartyNotices(metafiles) {
  const used = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? file : [])),
    ),
  );
  const folders = [...new Set(used.map(packageOf))].filter((folder) => folder !== undefined);
  const notices = await Promise.all(folders.sort().map(notice));
  return ['Jobs for Collibra contains what follows, unchanged but for its size.\n', ...notices].join(
    `\n${'-'.repeat(80)}\n\n`,
  );
}

async function notice(folder) {
  const { name, version, license, repository } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const files = (await readdir(folder)).filter((file) => /^licen[cs]e/i.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const elsewhere = published[name];
  if (elsewhere) texts.push(await readFile(elsewhere, 'utf8'));
  if (texts.length === 0) throw new Error(`${name} is bundled, and has no license in ${folder}.`);
  const place = (repository?.url ?? repository ?? '').replace(/^git\+/, '');
  return `${name} ${version} (${license})\n${place}\n\n${texts.map(short).join('\n\n')}\n`;
}

function short(whole) {
  const text = whole.trim();
  return text.startsWith(attribution.start) ? attribution.instead : text;
}
