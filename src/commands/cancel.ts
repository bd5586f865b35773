import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { jobTitle, oneLine } from '../jobs/format';
import { isActive, type Job } from '../jobs/job';
import { jobDescription, spokenState } from '../views/jobItem';
import type { CommandContext } from './context';
import { optionalText, record, targetJob } from './target';

const { t } = vscode.l10n;

/** Cancels a job after a question. `confirm: false` in the argument skips it. */
export async function cancel(context: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(context.sessions, argument, {
    placeholder: t('Cancel which job?'),
    accepts: (session, job) => session.refusal(job) === undefined,
  });
  if (!target) return;
  const { session, id } = target;
  let message = optionalText(argument, 'message');
  if (record(argument)['confirm'] !== false) {
    const job = await session.read(id);
    const refused = session.refusal(job);
    if (refused !== undefined || !job) {
      const name = job ? oneLine(jobTitle(job), 80) : id;
      void vscode.window.showInformationMessage(
        t('"{0}" on {1} was not canceled: {2}.', name, session.profile.name, refused ?? ''),
      );
      return;
    }
    const answer = await ask(session, job, message);
    if (!answer) return;
    message = answer.message;
  }
  await session.cancel(id, message === '' ? undefined : message);
}

/** Asks whether to cancel, and for a message if the person wants one. Undefined: don't. */
async function ask(session: Session, job: Job, given?: string): Promise<{ message?: string } | undefined> {
  const name = oneLine(jobTitle(job), 80);
  const cancelJob = t('Cancel Job');
  const withMessage = t('Cancel Job with a Message…');
  const choice = await vscode.window.showWarningMessage(
    t('Cancel "{0}" on {1}?', name, session.profile.name),
    {
      modal: true,
      detail: [spokenState(session, job), jobDescription(session, job)].filter(Boolean).join(' · '),
    },
    cancelJob,
    ...(given === undefined ? [withMessage] : []),
    { title: t('Keep Job'), isCloseAffordance: true } as unknown as string,
  );
  if (choice === cancelJob) return { message: given };
  if (choice !== withMessage) return undefined;
  const message = await vscode.window.showInputBox({
    title: t('Cancel "{0}" on {1}', name, session.profile.name),
    prompt: t('A message that Collibra keeps with the job. Leave it empty for none.'),
    ignoreFocusOut: true,
  });
  return message === undefined || !isActive(job) ? undefined : { message };
}
