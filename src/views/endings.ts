import * as vscode from 'vscode';
import type { Sessions } from '../connections/sessions';
import { endedText, levelOf, type Ended } from '../jobs/ending';
import { formatAge, jobTitle, oneLine, stateLabelOf } from '../jobs/format';
import { plain } from './notifications';

const { t } = vscode.l10n;

/** Tells of jobs that have ended, by the level of the worst, with the way to them. */
export async function showEnded(
  ended: readonly Ended[],
  sessions: Pick<Sessions, 'get'>,
  text = endedText(ended),
): Promise<void> {
  const open = ended.length === 1 ? t('Open') : t('Show');
  const { showErrorMessage, showWarningMessage, showInformationMessage } = vscode.window;
  const show = { error: showErrorMessage, warning: showWarningMessage, information: showInformationMessage };
  if ((await show[levelOf(ended)](plain(text), open)) !== open) return;
  const chosen = ended.length === 1 ? ended[0] : await pick(ended, sessions);
  if (chosen)
    await vscode.commands.executeCommand('collibraJobs.openDetails', {
      connection: chosen.connection,
      job: chosen.job.id,
    });
}

async function pick(ended: readonly Ended[], sessions: Pick<Sessions, 'get'>): Promise<Ended | undefined> {
  const items = ended.map((each) => {
    const { job, instance, connection } = each;
    const now = sessions.get(connection)?.now() ?? Date.now();
    const age = job.endedOn ? formatAge(job.endedOn, now) : undefined;
    return {
      label: plain(oneLine(jobTitle(job), 120)),
      description: [stateLabelOf(job), age].filter(Boolean).join(' · '),
      detail: plain(instance),
      each,
    };
  });
  return (await vscode.window.showQuickPick(items, { placeHolder: t('Open which job?') }))?.each;
}
