import { basename } from 'node:path';
import * as vscode from 'vscode';
import { exportedErrors } from '../jobs/exportedErrors';
import { jobTitle, oneLine } from '../jobs/format';
import type { CommandContext } from './context';
import { askFile, parseFile, tellDone } from './saveAs';
import { record, targetJob } from './target';
import { writeWhole } from './wholeFile';

const { t } = vscode.l10n;

/** Writes all that an import refused to a CSV file. Asks for the file where the argument doesn't name it. */
export async function exportErrors({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(sessions, argument, {
    placeholder: t('Export the errors of which import?'),
    accepts: (_session, { type }) => type?.toUpperCase() === 'IMPORT',
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
      : await askFile(t('Export the errors of {0}', name), `${name} errors`, 'csv');
  if (file === undefined) return;
  const location = vscode.ProgressLocation.Notification;
  const title = t('Exporting the errors of {0}', name);
  await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    const canceled = token.onCancellationRequested(() => controller.abort());
    let count = 0;
    const told = (soFar: number) => {
      count = soFar;
      progress.report({ message: t('{0} so far', count.toLocaleString(vscode.env.language)) });
    };
    try {
      await writeWhole(file, exportedErrors(results, id, told, controller.signal), controller.signal);
    } finally {
      canceled.dispose();
    }
    const number = count.toLocaleString(vscode.env.language);
    if (given === undefined) void tellDone(t('Exported {0} errors to {1}.', number, basename(file)), file);
  });
}
