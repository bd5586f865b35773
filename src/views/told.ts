import * as vscode from 'vscode';
import type { Sessions } from '../connections/sessions';
import type { Level, Told } from '../jobs/ending';
import { jobPick } from './jobPick';
import { plain } from './notifications';

const { t } = vscode.l10n;

/** Tells of jobs in a sentence, with the way to them. */
export async function showTold(
  told: readonly Told[],
  level: Level,
  text: string,
  sessions: Pick<Sessions, 'get'>,
): Promise<void> {
  const open = told.length === 1 ? t('Open') : t('Show');
  const { showErrorMessage, showWarningMessage, showInformationMessage } = vscode.window;
  const show = { error: showErrorMessage, warning: showWarningMessage, information: showInformationMessage };
  if ((await show[level](plain(text), open)) !== open) return;
  const chosen = told.length === 1 ? told[0] : await pick(told, sessions);
  if (chosen)
    await vscode.commands.executeCommand('collibraJobs.openDetails', {
      connection: chosen.connection,
      job: chosen.job.id,
    });
}

async function pick(told: readonly Told[], sessions: Pick<Sessions, 'get'>): Promise<Told | undefined> {
  const items = told.flatMap((each) => {
    const session = sessions.get(each.connection);
    return session ? [{ ...jobPick(session, each.job, each.instance), each }] : [];
  });
  return (await vscode.window.showQuickPick(items, { placeHolder: t('Open which job?') }))?.each;
}
