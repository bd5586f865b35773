import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { t } from '@vscode/l10n';
import { isAbort, isFailure, messageOf } from '../jobs/failure';

/**
 * Writes a file that has its name only once it is whole; one that is there is replaced. Rejects with an abort when the
 * signal was used, otherwise with a sentence that names the file.
 */
export async function writeWhole(
  file: string,
  pieces: AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  try {
    // What a link stands for is replaced, not the link.
    const target = await realpath(file).catch(() => file);
    if (await isFolder(target)) throw new Error(t('It is a folder.'));
    // In the same folder, so that it can take the name in one step.
    const unfinished = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.part`);
    try {
      await write(unfinished, pieces);
      signal?.throwIfAborted();
      await rename(unfinished, target);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw new Error(t('{0} was not written. {1}', basename(file), reasonOf(error)), { cause: error });
  }
}

/** Each piece is written before the next is made: there is never more than one. */
async function write(path: string, pieces: AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const piece of pieces) await file.writeFile(piece);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Why it failed, in a sentence: what the instance says, or what the system says of the file. */
function reasonOf(error: unknown): string {
  if (isFailure(error)) return error.message;
  if (isAbort(error)) return t('The connection was ended meanwhile.');
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return t("Its folder doesn't exist.");
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return t('You may not write there.');
    case 'ENOSPC':
    case 'EDQUOT':
      return t('The disk is full.');
    case 'EBUSY':
      return t('Another program uses it.');
    case 'ENAMETOOLONG':
      return t('Its name is too long.');
    default:
      return messageOf(error);
  }
}
