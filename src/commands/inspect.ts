import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { pointsOf } from '../jobs/baseline';
import { formatAge, formatDuration, jobTitle, oneLine } from '../jobs/format';
import { isImport, type Job } from '../jobs/job';
import { readableJob } from '../jobs/readable';
import { documentOf } from '../views/documents';
import { spokenState } from '../views/jobItem';
import { plain } from '../views/notifications';
import type { CommandContext } from './context';
import { optionalText, targetJob } from './target';

const { t } = vscode.l10n;

/** Shows every field of a job as JSON. */
export async function showJson({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(sessions, argument, { placeholder: t('Show which job as JSON?') });
  if (!target) return;
  const job = await jobOf(target.session, target.id);
  const text = JSON.stringify(job, undefined, 2);
  await vscode.window.showTextDocument(documentOf(`${oneLine(jobTitle(job), 60)}.json`, text), {
    preview: true,
  });
}

/** Shows what differs between a job and an earlier run, in VS Code's own editor for that. `with` is its id. */
export async function compare({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(sessions, argument, { placeholder: t('Compare which job?') });
  if (!target) return;
  const { session } = target;
  const job = await jobOf(session, target.id);
  const other = optionalText(argument, 'with') ?? (await pickEarlier(session, job));
  if (other === undefined) return;
  if (other.toLowerCase() === job.id) throw new Error(t('Compare the job with another one.'));
  const earlier = await jobOf(session, other.toLowerCase());
  const [before, after] = await Promise.all([documentFor(session, earlier), documentFor(session, job)]);
  const ended = (earlier.endedOn ?? earlier.createdOn)?.toLocaleString(vscode.env.language) ?? other;
  const title = t('{0}: {1} ↔ this run', oneLine(jobTitle(job), 40), ended);
  await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: true });
}

async function documentFor(session: Session, job: Job): Promise<vscode.Uri> {
  return documentOf(`${job.id.slice(0, 8)}.json`, readableJob(job, await summaryOf(session, job)));
}

async function summaryOf(session: Session, job: Job) {
  if (!isImport(job)) return undefined;
  try {
    const summary = await (await session.importResults()).summary(job.id);
    return summary.kind === 'summary' ? summary : undefined;
  } catch {
    // The jobs can be compared without.
    return undefined;
  }
}

async function pickEarlier(session: Session, job: Job): Promise<string | undefined> {
  const runs = new Map((await session.earlier(job)).map((run) => [run.id, run]));
  const now = session.now();
  const items = pointsOf(job, [...runs.values()], now)
    .filter(({ current }) => !current)
    .toReversed()
    .map(({ id, startedOn, duration }) => {
      const run = runs.get(id) ?? job;
      return {
        label: startedOn.toLocaleString(vscode.env.language),
        description: [spokenState(session, run), formatDuration(duration), formatAge(startedOn, now)].join(
          ' · ',
        ),
        detail: plain(oneLine(jobTitle(run), 120)),
        id,
      };
    });
  if (items.length === 0) {
    void vscode.window.showInformationMessage(
      t('{0} has no earlier run of this job.', plain(session.markedName)),
    );
    return undefined;
  }
  const placeHolder = t('Compare with which earlier run?');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true }))?.id;
}

/** As the instance has it now; what the panel knows where it is gone. */
async function jobOf(session: Session, id: string): Promise<Job> {
  const job = (await session.read(id)) ?? session.store.job(id);
  if (!job) throw new Error(t('{0} has no job with the id {1}.', session.profile.name, id));
  return job;
}
