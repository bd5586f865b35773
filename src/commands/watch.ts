import * as vscode from 'vscode';
import { telling } from '../connections/notify';
import { isActive } from '../jobs/job';
import type { CommandContext } from './context';
import { selectedJobs, targetJob, type Target } from './target';

const { t } = vscode.l10n;

/** Tells of the end of a job, or of those that are selected, once. */
export async function watch(context: CommandContext, argument?: unknown, selected?: unknown): Promise<void> {
  const { watched } = context;
  const chosen = await targets(context, argument, selected, {
    placeholder: t('Watch which job?'),
    accepts: (session, job) => isActive(job) && !watched.has(session.id, job.id),
    none: t('No job goes on that is not watched.'),
  });
  for (const { session, id } of chosen) watched.add(session.id, [id]);
  if (chosen.length === 0) return;
  const open = t('Open Settings');
  if (telling() !== 'off') {
    const sentence =
      chosen.length === 1 ? t('You will be told when it ends.') : t('You will be told when they end.');
    vscode.window.setStatusBarMessage(sentence, 5000);
  } else if ((await vscode.window.showInformationMessage(t('Messages are switched off.'), open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'collibraJobs.notify');
  }
}

/** Watches a job no longer, or those that are selected. */
export async function unwatch(
  context: CommandContext,
  argument?: unknown,
  selected?: unknown,
): Promise<void> {
  const { watched } = context;
  const chosen = await targets(context, argument, selected, {
    placeholder: t('Stop watching which job?'),
    accepts: (session, job) => watched.has(session.id, job.id),
    none: t('No job is watched.'),
  });
  for (const { session, id } of chosen) watched.remove(session.id, [id]);
}

async function targets(
  { sessions }: CommandContext,
  argument: unknown,
  selected: unknown,
  pick: Parameters<typeof targetJob>[2],
): Promise<readonly Target[]> {
  const rows = selectedJobs(argument, selected);
  if (rows.length > 1)
    return rows.flatMap(({ session, job }) =>
      pick.accepts?.(session, job) !== false ? [{ session, id: job.id }] : [],
    );
  const target = await targetJob(sessions, argument, pick);
  return target ? [target] : [];
}
