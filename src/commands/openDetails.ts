import * as vscode from 'vscode';
import type { CommandContext } from './context';
import { targetJob } from './target';

/** Opens the details page of a job, or brings the one that is open to the front. */
export async function openDetails(context: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(context.sessions, argument, {
    placeholder: vscode.l10n.t('Open the details of which job?'),
  });
  if (!target) return;
  (await context.details()).open(target.session, target.id);
}
