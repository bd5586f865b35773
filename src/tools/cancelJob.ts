import { t } from '@vscode/l10n';
import type { Session } from '../connections/session';
import { formatProgress, jobTitle, stateLabelOf } from '../jobs/format';
import type { Job } from '../jobs/job';
import { connectionNamed, findOne, type Connections } from './chosen';
import { cancelInput, type CancelInput } from './input';
import { line, marked } from './marked';
import { connectionOf } from './output';

/** What a person is asked before a job is canceled. */
export interface Question {
  /** Holds no text of the instance. */
  readonly title: string;
  /** What stands before each text, and the text, which the instance or the model wrote. */
  readonly facts: readonly (readonly [label: string, text: string])[];
}

interface Cancelable {
  readonly session: Session;
  readonly job: Job;
  readonly input: CancelInput;
}

/** What to ask, from a job as it was just read. Throws a sentence when there is nothing to ask: nothing will be sent. */
export async function cancelQuestion(connections: Connections, given: unknown): Promise<Question> {
  const { session, job, input } = await cancelable(connections, given);
  const progress = job.progress === undefined ? undefined : formatProgress(job.progress);
  const state = [stateLabelOf(job), progress].filter(Boolean).join(' · ');
  const facts: [string, string | undefined][] = [
    [t('Job'), line(jobTitle(job), 200)],
    [t('State'), line(state, 100)],
    [t('Instance'), `${session.markedName} – ${new URL(session.profile.url).host}`],
    [t('Type'), line(job.type, 60)],
    [t('ID'), line(job.id, 60)],
    [t('Message to keep with it'), input.message],
  ];
  return {
    title: t('Cancel this job on {0}?', session.markedName),
    facts: facts.flatMap(([label, text]) => (text ? [[label, text] as const] : [])),
  };
}

/** Cancels a job that can be canceled now. Resolves when the instance accepted it, which is before the job stops. */
export async function cancelJob(connections: Connections, given: unknown, signal: AbortSignal) {
  const { session, job, input } = await cancelable(connections, given);
  signal.throwIfAborted();
  await session.cancel(job.id, { message: input.message, tell: true, signal });
  return marked({
    connection: connectionOf(session.profile),
    job: line(job.id, 60),
    outcome: t('The instance accepted the cancel. The job stops soon: read it again to see how it ended.'),
  });
}

/** Reads the job where its connection's guard and the job itself allow a cancel; throws a sentence elsewhere. */
async function cancelable(connections: Connections, given: unknown): Promise<Cancelable> {
  const input = cancelInput(given);
  const session = connectionNamed(connections, input.connection);
  const { name, cancel } = session.profile;
  if (cancel === 'off')
    throw new Error(t('Nothing was canceled: canceling is switched off for the connection {0}.', name));
  if (cancel === 'confirmByName')
    throw new Error(
      t(
        'Nothing was canceled: on {0} a person has to type the name of the connection first. Cancel the job from the panel "Collibra Jobs".',
        name,
      ),
    );
  const { job } = await findOne([session], input.id);
  // Whoever confirmed one job must not have canceled the other.
  const other = job.id.toLowerCase() !== input.id ? t('the instance answered with another job') : undefined;
  const refused = other ?? session.refusal(job);
  if (refused !== undefined)
    throw new Error(t('Job {0} on {1} was not canceled: {2}.', input.id, name, refused));
  // What is shown is what is sent.
  const message = line(input.message, input.message?.length ?? 0);
  return { session, job, input: { ...input, message } };
}
