import { basename } from 'node:path';
import * as vscode from 'vscode';
import { exportedErrors } from '../jobs/exportedErrors';
import { jobTitle, oneLine } from '../jobs/format';
import { isImport } from '../jobs/job';
import { formatNumber, plural } from '../jobs/language';
import type { CommandContext } from './context';
import { askFile, parseFile, tellDone } from './saveAs';
import { stoppable } from './stoppable';
import { record, targetJob } from './target';
import { writeWhole } from './wholeFile';

const { t } = vscode.l10n;

/** Writes all that an import refused to a CSV file. Asks for the file where the argument doesn't name it. */
export async function exportErrors({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(sessions, argument, {
    placeholder: t('Export the errors of which import?'),
    accepts: (_session, job) => isImport(job),
    none: t('No import is known yet.'),
  });
  if (!target) return;
  const { session, id } = target;
  const results = await session.importResults();
  const job = session.store.job(id) ?? (await session.read(id));
  const name = job ? oneLine(jobTitle(job), 60) : id;
  const { file: given } = record(argument);
  const file =
    given !== undefined
      ? parseFile(given)
      : await askFile(
          t('Export the errors of {0}', name),
          t({ message: '{0} errors', args: [name], comment: 'name of a file' }),
          'csv',
        );
  if (file === undefined) return;
  const count = await stoppable(t('Exporting the errors of {0}', name), async (progress, signal) => {
    let written = 0;
    const told = (soFar: number) => {
      written = soFar;
      progress.report({ message: t('{0} so far', formatNumber(soFar)) });
    };
    await writeWhole(file, exportedErrors(results, id, told, signal), signal);
    return written;
  });
  if (count === undefined || given !== undefined) return;
  const to = basename(file);
  const done = plural(count, {
    one: (n) => t('Exported {0} error to {1}.', n, to),
    other: (n) => t('Exported {0} errors to {1}.', n, to),
  });
  void tellDone(done, file);
}
