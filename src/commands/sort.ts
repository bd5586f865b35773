import * as vscode from 'vscode';
import { boundOf } from '../jobs/filter';
import { sortText } from '../jobs/filterText';
import type { JobSort } from '../jobs/query';
import { parseSort } from '../jobs/sort';
import type { CommandContext } from './context';
import { record, targetSession } from './target';

const { t } = vscode.l10n;

/** Lets a person say how the groups of a connection are sorted. `sort: null` in the argument is as usual. */
export async function sort(context: CommandContext, argument?: unknown): Promise<void> {
  const session = await targetSession(context.sessions, argument, t('Sort the jobs of which instance?'));
  if (!session) return;
  const { sort: given } = record(argument);
  if (given !== undefined) {
    const parsed = parseSort(given);
    if (given !== null && !parsed)
      throw new Error(t('The argument "sort" must have a "field" and an "order", asc or desc.'));
    await session.show({ sort: parsed });
    return;
  }
  const { capabilities } = await session.api();
  const { sort: now } = session.shown;
  const sorts = capabilities.sortFields.flatMap((field): JobSort[] => [
    { field, order: 'asc' },
    { field, order: 'desc' },
  ]);
  const item = (label: string, each: JobSort | undefined) => ({
    label: each?.field === now?.field && each?.order === now?.order ? `$(check) ${label}` : label,
    sort: each,
  });
  const usual = {
    ...item(t('As usual'), undefined),
    description: t('newest first; finished jobs by their end'),
  };
  const picked = await vscode.window.showQuickPick(
    [usual, ...sorts.map((each) => item(sortText(each), each))],
    {
      title: t('Sort the jobs of {0}', session.markedName),
      placeHolder: boundOf(session.filter)
        ? t('While the filter has a time, jobs are sorted by that time.')
        : t('Sort by what?'),
    },
  );
  // A failure shows in the panel.
  if (picked) void session.show({ sort: picked.sort }).catch(() => undefined);
}
