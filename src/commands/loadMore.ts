import * as vscode from 'vscode';
import { hasMore } from '../jobs/group';
import { jobStates, type JobState } from '../jobs/job';
import { stateLabel } from '../jobs/format';
import { isNode } from '../views/nodes';
import type { Session } from '../connections/session';
import { sizes } from '../connections/settings';
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
  const group = jobStates.find((state) => state === named) ?? (session && (await pickGroup(session)));
  if (session && group) await context.tree.showMore(session, group);
}

async function pickGroup(session: Session): Promise<JobState | undefined> {
  const items = jobStates
    .filter((state) => {
      const group = session.state.groups[state];
      return hasMore(group) || group.jobs.length > sizes().pageSize;
    })
    .map((state) => ({ label: stateLabel(state), state }));
  return (
    await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Load more of which jobs?') })
  )?.state;
}
