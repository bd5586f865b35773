import { basename } from 'node:path';
import * as vscode from 'vscode';
import { errorRow, errorsHead } from '../jobs/importErrors';
import { jobTitle, oneLine } from '../jobs/format';
import { patiently } from '../jobs/patience';
import type { ImportResults, PageToken } from '../jobs/query';
import type { CommandContext } from './context';
import { askFile, tellDone } from './saveAs';
import { optionalText, targetJob } from './target';
import { writeWhole } from './wholeFile';

const { t } = vscode.l10n;
const page = 1000;

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
  const given = optionalText(argument, 'file');
  const file = given ?? (await askFile(t('Export the errors of {0}', name), `${name} errors`, 'csv'));
  if (file === undefined) return;
  const location = vscode.ProgressLocation.Notification;
  const title = t('Exporting the errors of {0}', name);
  await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    const canceled = token.onCancellationRequested(() => controller.abort());
    let count = 0;
    const told = (more: number) => {
      count += more;
      progress.report({ message: t('{0} so far', count.toLocaleString(vscode.env.language)) });
    };
    try {
      await writeWhole(file, rows(results, id, told, controller.signal), controller.signal);
    } finally {
      canceled.dispose();
    }
    const number = count.toLocaleString(vscode.env.language);
    if (given === undefined) void tellDone(t('Exported {0} errors to {1}.', number, basename(file)), file);
  });
}

async function* rows(
  results: ImportResults,
  id: string,
  told: (count: number) => void,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield errorsHead;
  let after: PageToken | undefined;
  do {
    const asked = { limit: page, after };
    const answer = await patiently(() => results.errors(id, asked, signal), signal);
    if (answer.kind !== 'errors')
      throw new Error(
        answer.kind === 'notFinished'
          ? t('The import has not finished.')
          : t('The instance has no result of this import.'),
      );
    yield answer.errors.map(errorRow).join('');
    told(answer.errors.length);
    after = answer.next;
  } while (after !== undefined);
}
