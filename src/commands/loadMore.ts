import * as vscode from 'vscode';
import { jobStates, type JobState } from '../jobs/job';
import { stateLabel } from '../jobs/format';
import { isNode } from '../views/nodes';
import type { CommandContext } from './context';
import { record, targetSession } from './target';

/** Shows the next page of a group of the tree. */
export async function loadMore(context: CommandContext, argument?: unknown): Promise<void> {
  const session = await targetSession(
    context.sessions,
    argument,
    vscode.l10n.t('Load more jobs of which instance?'),
  );
  const named = isNode(argument) && 'group' in argument ? argument.group : record(argument)['group'];
  const group = jobStates.find((state) => state === named) ?? (await pickGroup());
  if (session && group) await context.tree.showMore(session, group);
}

async function pickGroup(): Promise<JobState | undefined> {
  const items = jobStates.map((state) => ({ label: stateLabel(state), state }));
  return (
    await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Load more of which jobs?') })
  )?.state;
}
