import * as vscode from 'vscode';
import { jobLink } from '../connections/jobLink';
import { jobTitle } from '../jobs/format';
import type { Job } from '../jobs/job';
import { plural } from '../jobs/language';
import type { CommandContext } from './context';
import { selectedJobs, targetJob, type Target } from './target';

const { t } = vscode.l10n;

/** Copies the id of a job, or of those that are selected, each on a line. */
export async function copyId(
  { sessions }: CommandContext,
  argument?: unknown,
  selected?: unknown,
): Promise<void> {
  const chosen = selectedJobs(argument, selected);
  if (chosen.length > 1) {
    const done = plural(chosen.length, { other: (n) => t('Copied {0} job IDs', n) });
    await copy(chosen.map(({ job }) => job.id).join('\n'), done);
    return;
  }
  const target = await targetJob(sessions, argument, { placeholder: t('Copy the ID of which job?') });
  if (target) await copy(target.id, t('Copied the job ID'));
}

/** Copies the name of a job, whole and as the instance has it. */
export async function copyName({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(sessions, argument, { placeholder: t('Copy the name of which job?') });
  if (!target) return;
  const job = await jobOf(target);
  await copy(job.name ?? jobTitle(job), t('Copied the job name'));
}

/** Copies a job as the API for other extensions tells it, in JSON. */
export async function copyJson({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(sessions, argument, { placeholder: t('Copy which job as JSON?') });
  if (target) await copy(JSON.stringify(await jobOf(target), undefined, 2), t('Copied the job as JSON'));
}

/** Copies a link that opens a job in a colleague's VS Code too. */
export async function copyLink({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const target = await targetJob(sessions, argument, { placeholder: t('Copy a link to which job?') });
  if (!target) return;
  const { session, id } = target;
  await copy(jobLink(vscode.env.uriScheme, { url: session.profile.url, id }), t('Copied a link to the job'));
}

/** The job as the panel shows it; one that the panel doesn't know is asked for. */
async function jobOf({ session, id }: Target): Promise<Job> {
  const job = session.store.job(id) ?? (await session.read(id));
  if (!job) throw new Error(t('This job is not on {0}.', session.profile.name));
  return job;
}

async function copy(text: string, done: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(done, 3000);
}
