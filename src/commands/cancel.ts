import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { jobTitle, oneLine } from '../jobs/format';
import type { Job } from '../jobs/job';
import { formatNumber } from '../jobs/language';
import { howItIs, whichItIs } from '../views/jobPick';
import { plain } from '../views/notifications';
import { cancelMany } from './cancelMany';
import type { CommandContext } from './context';
import { optionalText, record, selectedJobs, targetJob } from './target';
import { typeName } from './typeName';

const { t } = vscode.l10n;

/** Cancels a job after a question, or those that are selected. `confirm: false` in the argument skips it. */
export async function cancel(context: CommandContext, argument?: unknown, selected?: unknown): Promise<void> {
  const chosen = selectedJobs(argument, selected);
  if (chosen.length > 1) {
    await cancelMany(context, chosen);
    return;
  }
  const target = await targetJob(context.sessions, argument, {
    placeholder: t('Cancel which job?'),
    accepts: (session, job) => session.refusal(job) === undefined,
    none: context.sessions.all.every(({ profile }) => profile.cancel === 'off')
      ? t('Canceling is switched off for every connection.')
      : t('No job can be canceled now.'),
  });
  if (!target) return;
  const { session, id } = target;
  let message = optionalText(argument, 'message');
  const longest = session.capabilities?.cancelMessageLength ?? Infinity;
  if (Array.from(message ?? '').length > longest)
    throw new Error(t('A cancel message for {0} has at most {1} characters.', session.profile.name, longest));
  let byName = false;
  const confirm = record(argument)['confirm'] !== false;
  if (confirm) {
    const job = await session.read(id);
    const refused = session.refusal(job);
    if (refused !== undefined || !job) {
      const name = job ? oneLine(jobTitle(job), 80) : id;
      void vscode.window.showInformationMessage(
        plain(t('"{0}" on {1} was not canceled: {2}.', name, session.markedName, refused ?? '')),
      );
      return;
    }
    const answer = await ask(session, job, message);
    if (!answer) return;
    message = answer.message;
    byName = session.profile.cancel === 'confirmByName';
    if (byName && !(await typeName(session, questionFor(session, job)))) return;
  }
  // What was changed in the settings while the person was asked counts too.
  const current = context.sessions.get(session.id);
  if (!current) throw new Error(t('{0} is no longer connected.', session.profile.name));
  await current.cancel(id, { message, byName, tell: confirm });
  vscode.window.setStatusBarMessage(t('{0} accepted the cancel', session.profile.name), 5000);
}

/** Asks whether to cancel, and for a message if the person wants one. Undefined: don't. */
async function ask(session: Session, job: Job, given?: string): Promise<{ message?: string } | undefined> {
  const question = questionFor(session, job);
  const detail = `${howItIs(session, job)}\n${whichItIs(job)}`;
  const cancelJob = { title: t('Cancel Job') };
  const withMessage = { title: t('Cancel Job with a Message…') };
  const keep = { title: t('Keep Job'), isCloseAffordance: true };
  const buttons = given === undefined ? [cancelJob, withMessage, keep] : [cancelJob, keep];
  const choice = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...buttons);
  if (choice === cancelJob) return { message: given };
  return choice === withMessage ? askMessage(question, session.capabilities?.cancelMessageLength) : undefined;
}

function questionFor(session: Session, job: Job): string {
  return t('Cancel "{0}" on {1}?', oneLine(jobTitle(job), 80), session.markedName);
}

async function askMessage(title: string, longest?: number): Promise<{ message: string } | undefined> {
  const message = await vscode.window.showInputBox({
    title,
    prompt: t('A message that Collibra keeps with the job. Leave it empty for none.'),
    ignoreFocusOut: true,
    validateInput: (typed) => (longest === undefined ? undefined : lengthOf(typed, longest)),
  });
  return message === undefined ? undefined : { message };
}

/** Counts the characters while a person types, and refuses too many before anything is sent. */
function lengthOf(typed: string, longest: number): vscode.InputBoxValidationMessage | undefined {
  if (typed === '') return undefined;
  const count = Array.from(typed).length;
  const { Error: refused, Info: counted } = vscode.InputBoxValidationSeverity;
  return {
    message: t('{0} of {1} characters', formatNumber(count), formatNumber(longest)),
    severity: count > longest ? refused : counted,
  };
}
