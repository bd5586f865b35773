import { homedir } from 'node:os';
import { basename, isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Sieve } from '../jobs/everything';
import { scanOf } from '../jobs/filtered';
import { exportFormats, type ExportFormat } from '../jobs/exported';
import type { Job } from '../jobs/job';
import type { JobQuery, JobsApi } from '../jobs/query';
import type { CommandContext } from './context';
import { exportToFile } from './exportFile';
import { record, selectedJobs, targetSession } from './target';

const { t } = vscode.l10n;

/**
 * Writes all jobs that match `query`, or else those that the filter of the panel lets through, to a file. Asks for the format and the file where the argument doesn't name
 * them. Answers the number of jobs; undefined when the person gave up, and then nothing is left of the file.
 */
async function exportJobs(
  context: CommandContext,
  argument?: unknown,
  selected?: unknown,
): Promise<number | undefined> {
  const given = record(argument);
  const session = await targetSession(context.sessions, argument, t('Export the jobs of which instance?'));
  if (!session) return undefined;
  // Rejects where nothing may be sent, before anything is asked for in vain.
  const api = await session.api();
  const format = given['format'] === undefined ? await askFormat() : parseFormat(given['format']);
  if (!format) return undefined;
  const file = given['file'] === undefined ? await askFile(session, format) : parseFile(given['file']);
  if (file === undefined) return undefined;
  const what =
    given['query'] === undefined
      ? scanOf(session.filter, session.now())
      : { query: parseQuery(given['query']), sieve: undefined };
  const rows = selectedJobs(argument, selected).filter((row) => row.session === session);
  const jobs = rows.length > 1 ? rows.map(({ job }) => job) : undefined;
  const count = await withProgress(session, api, { ...what, jobs, format, file });
  if (count !== undefined && given['file'] === undefined) void tellDone(session, count, file);
  return count;
}

export { exportJobs as export };

/** Undefined when the person canceled. */
function withProgress(
  { markedName }: Session,
  api: JobsApi,
  what: {
    readonly query: JobQuery;
    readonly sieve?: Sieve;
    readonly jobs?: readonly Job[];
    readonly format: ExportFormat;
    readonly file: string;
  },
): Thenable<number | undefined> {
  const title = t('Exporting the jobs of {0}', markedName);
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    const { signal } = controller;
    const canceled = token.onCancellationRequested(() => controller.abort());
    let total: number | undefined;
    let before = 0;
    const told = (count: number) => {
      const so = count.toLocaleString(vscode.env.language);
      if (total === undefined) progress.report({ message: t('{0} so far', so) });
      else {
        const message = t('{0} of {1}', so, total.toLocaleString(vscode.env.language));
        progress.report({ message, increment: ((count - before) / Math.max(1, total)) * 100 });
      }
      before = count;
    };
    try {
      // Whether there is a total or not, the jobs are read; what hinders them is told by their own reading.
      // What a sieve leaves of them nobody can tell before.
      if (what.jobs) total = what.jobs.length;
      else if (api.capabilities.totals && !what.query.sort)
        total = await api.find(what.query, { limit: 1, count: true }, signal).then(
          (page) => page.total,
          () => undefined,
        );
      return await exportToFile(api, { ...what, signal, told });
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    } finally {
      canceled.dispose();
    }
  });
}

async function tellDone({ markedName }: Session, count: number, file: string): Promise<void> {
  const open = t('Open');
  const number = count.toLocaleString(vscode.env.language);
  const choice = await vscode.window.showInformationMessage(
    t('Exported {0} jobs of {1} to {2}.', number, markedName, basename(file)),
    open,
  );
  if (choice === open) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

async function askFormat(): Promise<ExportFormat | undefined> {
  const items: (vscode.QuickPickItem & { readonly format: ExportFormat })[] = [
    { label: 'CSV', detail: t('For spreadsheets, with formulas made harmless'), format: 'csv' },
    { label: 'JSON', detail: t('For programs, every field as the instance has it'), format: 'json' },
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: t('Export in which format?') }))?.format;
}

async function askFile({ profile }: Session, format: ExportFormat): Promise<string | undefined> {
  const name = `${profile.name.replace(/[^\p{L}\p{N}]+/gu, '-')}-jobs.${format}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const chosen = await vscode.window.showSaveDialog({
    title: t('Export the jobs of {0}', profile.name),
    saveLabel: t('Export'),
    defaultUri: vscode.Uri.joinPath(folder, name),
    filters: format === 'csv' ? { CSV: ['csv'] } : { JSON: ['json'] },
  });
  if (chosen && chosen.scheme !== 'file') throw new Error(t('Choose a file on the disk.'));
  return chosen?.fsPath;
}

function parseFormat(given: unknown): ExportFormat {
  const format = exportFormats.find((each) => each === given);
  if (format === undefined)
    throw new Error(t('The argument "{0}" must be one of {1}.', 'format', exportFormats.join(', ')));
  return format;
}

function parseFile(given: unknown): string {
  if (typeof given !== 'string' || !isAbsolute(given))
    throw new Error(t('The argument "file" must be an absolute path.'));
  return given;
}

function parseQuery(given: unknown): JobQuery {
  if (typeof given !== 'object' || given === null)
    throw new Error(t('The argument "query" must be an object.'));
  return given;
}
