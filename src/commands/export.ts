import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { exportFormats, type ExportFormat } from '../jobs/exported';
import { boundOf, orderOf } from '../jobs/filter';
import { FilteredJobs } from '../jobs/filtered';
import { givenQuery } from '../jobs/given';
import type { Job, JobState } from '../jobs/job';
import { formatNumber, plural } from '../jobs/language';
import type { JobQuery, JobsApi } from '../jobs/query';
import { howFar } from '../views/looking';
import { isNode } from '../views/nodes';
import type { CommandContext } from './context';
import { exportToFile } from './exportFile';
import { askFile, parseFile, tellDone } from './saveAs';
import { stoppable } from './stoppable';
import { record, selectedJobs, targetSession } from './target';

const { t } = vscode.l10n;

/**
 * Writes jobs to a file: those that are selected, those of the group, those that match `query`, or else all that the
 * panel's filter lets through. Asks for the format and the file where the argument doesn't name them. Answers the
 * number of jobs; undefined when the person gave up, and then nothing is left of the file.
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
  const file =
    given['file'] === undefined
      ? await askFile(
          t('Export the jobs of {0}', session.profile.name),
          t({ message: '{0} jobs', args: [session.profile.name], comment: 'name of a file' }),
          format,
        )
      : parseFile(given['file']);
  if (file === undefined) return undefined;
  const group = isNode(argument) && argument.kind === 'group' ? argument.group : undefined;
  const rows = selectedJobs(argument, selected).filter((row) => row.session === session);
  const wanted: Wanted = {
    api,
    query: given['query'] === undefined ? undefined : givenQuery(given['query']),
    // What nobody can ask for is what the panel knows of it.
    jobs:
      rows.length > 1
        ? rows.map(({ job }) => job)
        : group && !askable(api, group)
          ? session.state.groups[group].jobs
          : undefined,
    group,
  };
  const count = await withProgress(session, wanted, { format, file });
  if (count !== undefined && given['file'] === undefined) {
    const [from, to] = [session.markedName, basename(file)];
    const done = plural(count, {
      one: (n) => t('Exported {0} job of {1} to {2}.', n, from, to),
      other: (n) => t('Exported {0} jobs of {1} to {2}.', n, from, to),
    });
    void tellDone(done, file);
  }
  return count;
}

export { exportJobs as export };

function askable({ capabilities }: JobsApi, group: JobState): boolean {
  return capabilities.states.includes(group);
}

interface Wanted {
  readonly api: JobsApi;
  readonly query?: JobQuery;
  readonly jobs?: readonly Job[];
  readonly group?: JobState;
}

/** Undefined when the person canceled. */
function withProgress(
  session: Session,
  { api, query, jobs, group }: Wanted,
  to: { readonly format: ExportFormat; readonly file: string },
): Thenable<number | undefined> {
  // As they are now: what is changed during an export counts for the next.
  const { filter } = session;
  const now = session.now();
  return stoppable(t('Exporting the jobs of {0}', session.markedName), async (progress, signal) => {
    const filtered = new FilteredJobs(api, {
      filter: () => filter,
      now: () => now,
      looking: (look) => look && progress.report({ message: howFar(look) }),
    });
    const source = query ? api : filtered;
    const sort = orderOf(filter, session.shown.sort) ?? { field: 'createdOn', order: 'desc' };
    const asked = query ?? { states: group && [group], sort };
    let total = jobs?.length;
    let before = 0;
    const told = (count: number) => {
      const so = formatNumber(count);
      if (total === undefined) progress.report({ message: t('{0} so far', so) });
      else {
        const message = t('{0} of {1}', so, formatNumber(total));
        progress.report({ message, increment: ((count - before) / Math.max(1, total)) * 100 });
      }
      before = count;
    };
    // Whether there is a total or not, the jobs are read; what hinders them is told by their own reading.
    if (!jobs && api.capabilities.totals && (query ?? !boundOf(filter)))
      total = await source.find(asked, { limit: 1, count: true }, signal).then(
        (page) => page.total,
        () => undefined,
      );
    return await exportToFile(source, { query: asked, jobs, ...to, signal, told });
  });
}

async function askFormat(): Promise<ExportFormat | undefined> {
  const items: (vscode.QuickPickItem & { readonly format: ExportFormat })[] = [
    { label: 'CSV', detail: t('For spreadsheets, with formulas made harmless'), format: 'csv' },
    { label: 'JSON', detail: t('For programs, every field as the instance has it'), format: 'json' },
  ];
  return (await vscode.window.showQuickPick(items, { placeHolder: t('Export in which format?') }))?.format;
}

function parseFormat(given: unknown): ExportFormat {
  const format = exportFormats.find((each) => each === given);
  if (format === undefined)
    throw new Error(t('The argument "{0}" must be one of {1}.', 'format', exportFormats.join(', ')));
  return format;
}
