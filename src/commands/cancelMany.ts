import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { abreast } from '../jobs/abreast';
import { isAbort, isFailure, messageOf } from '../jobs/failure';
import { jobTitle, oneLine } from '../jobs/format';
import { isActive, type Job } from '../jobs/job';
import { plural } from '../jobs/language';
import { listNames, outcomeLine, type Outcome } from '../jobs/manyText';
import type { CommandContext } from './context';
import { targetSession } from './target';
import { typeName } from './typeName';

const { t } = vscode.l10n;

/** Requests under way at the same time. */
const atOnce = 4;

export interface ChosenJob {
  readonly session: Session;
  readonly job: Job;
}

/** Cancels every waiting job of a connection, after one question. */
export async function cancelWaiting(context: CommandContext, argument?: unknown): Promise<void> {
  const question = t('Cancel all waiting jobs of which instance?');
  const session = await targetSession(context.sessions, argument, question);
  if (!session) return;
  await session.refresh();
  await cancelMany(
    context,
    session.state.groups.waiting.jobs.map((job) => ({ session, job })),
  );
}

/** Cancels several jobs after one question, and tells in one line what became of each. */
export async function cancelMany(context: CommandContext, chosen: readonly ChosenJob[]): Promise<void> {
  const wanted = chosen.filter(({ session, job }) => session.refusal(job) === undefined);
  const left = chosen.filter((each) => !wanted.includes(each)).map(leftOut);
  if (wanted.length === 0) {
    const reasons = [...new Set(chosen.map(({ session, job }) => session.refusal(job)))];
    const [only] = reasons;
    void vscode.window.showInformationMessage(
      reasons.length === 1 && only !== undefined
        ? t('None of these jobs was canceled: {0}.', only)
        : t('None of these jobs can be canceled now.'),
    );
    return;
  }
  if (!(await ask(wanted, left))) return;
  const sessions = [...new Set(wanted.map(({ session }) => session))];
  // Only where the name was typed: the guard may change while jobs are canceled.
  const byName = new Set<string>();
  for (const session of sessions.filter(({ profile }) => profile.cancel === 'confirmByName')) {
    const count = wanted.filter((each) => each.session === session).length;
    const title = plural(count, {
      one: (n) => t('Cancel {0} job on {1}', n, session.markedName),
      other: (n) => t('Cancel {0} jobs on {1}', n, session.markedName),
    });
    if (!(await typeName(session, title))) return;
    byName.add(session.id);
  }

  const outcomes = await withProgress(wanted, (each) => cancelOne(context, each, byName));
  const unsent = Array.from({ length: wanted.length - outcomes.length }, (): Outcome => 'unsent');
  const showLog = t('Show Log');
  const show = outcomes.includes('forbidden') || outcomes.includes('failed') ? [showLog] : [];
  const line = outcomeLine([...outcomes, ...left, ...unsent]);
  if ((await vscode.window.showInformationMessage(line, ...show)) === showLog) context.log.show();
}

function leftOut({ job }: ChosenJob): Outcome {
  return isActive(job) ? 'notCancelable' : 'finished';
}

async function ask(wanted: readonly ChosenJob[], left: readonly Outcome[]): Promise<boolean> {
  const several = new Set(wanted.map(({ session }) => session)).size > 1;
  const names = wanted.map(({ session, job }) => {
    const name = oneLine(jobTitle(job), 80);
    return several ? t('{0} on {1}', name, session.markedName) : name;
  });
  const finished = left.filter((outcome) => outcome === 'finished').length;
  const detail = [
    ...listNames(names),
    finished > 0 &&
      plural(finished, {
        one: (n) => t('{0} of those that were chosen has finished.', n),
        other: (n) => t('{0} of those that were chosen have finished.', n),
      }),
    left.length > finished &&
      plural(left.length - finished, {
        one: (n) =>
          t({
            message: '{0} of those that were chosen can not be canceled.',
            args: [n],
            comment: 'one job',
          }),
        other: (n) => t('{0} of those that were chosen can not be canceled.', n),
      }),
  ];
  const place = several ? t('several instances') : (wanted[0]?.session.markedName ?? '');
  const cancelJobs = { title: t('Cancel Jobs') };
  const keep = { title: t('Keep Jobs'), isCloseAffordance: true };
  const choice = await vscode.window.showWarningMessage(
    plural(wanted.length, {
      one: (n) => t('Cancel {0} job on {1}?', n, place),
      other: (n) => t('Cancel {0} jobs on {1}?', n, place),
    }),
    { modal: true, detail: detail.filter(Boolean).join('\n') },
    cancelJobs,
    keep,
  );
  return choice === cancelJobs;
}

/** What became of each that was asked for; fewer than wanted when the person stopped it. */
function withProgress(
  wanted: readonly ChosenJob[],
  cancel: (chosen: ChosenJob) => Promise<Outcome>,
): Thenable<Outcome[]> {
  const location = vscode.ProgressLocation.Notification;
  const title = plural(wanted.length, {
    one: (n) => t('Canceling {0} job', n),
    other: (n) => t('Canceling {0} jobs', n),
  });
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const outcomes: Outcome[] = [];
    const work = async (chosen: ChosenJob) => {
      outcomes.push(await cancel(chosen));
      progress.report({ increment: 100 / wanted.length, message: `${outcomes.length}/${wanted.length}` });
    };
    await abreast(atOnce, wanted, work, () => token.isCancellationRequested);
    return outcomes;
  });
}

async function cancelOne(
  { sessions, log }: CommandContext,
  { session, job }: ChosenJob,
  byName: ReadonlySet<string>,
): Promise<Outcome> {
  try {
    const current = sessions.get(session.id);
    await current?.cancel(job.id, { byName: byName.has(session.id) });
    return current ? 'canceled' : 'failed';
  } catch (error) {
    log.warn(`${session.profile.name}: job ${job.id} was not canceled: ${messageOf(error)}`);
    if (isAbort(error) || !isFailure(error)) return 'failed';
    if (error.kind === 'conflict') return whyNot(session, job);
    if (error.kind === 'notFound') return 'finished';
    return error.kind === 'forbidden' || error.kind === 'guarded' ? 'forbidden' : 'failed';
  }
}

/** Whatever an instance refuses to cancel may have finished, or is canceled already, or can't be. */
async function whyNot(session: Session, { id }: Job): Promise<Outcome> {
  const job = await session.read(id).catch(() => undefined);
  return job && isActive(job) ? 'notCancelable' : 'finished';
}
