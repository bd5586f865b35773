import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Sessions } from '../connections/sessions';
import type { Job } from '../jobs/job';
import { jobPick } from '../views/jobPick';
import { isJobNode, isNode, type JobNode } from '../views/nodes';
import { plain } from '../views/notifications';

const { t } = vscode.l10n;

/** A job that a command is about. */
export interface Target {
  readonly session: Session;
  readonly id: string;
}

/** How to ask for a job. */
export interface JobPick {
  readonly placeholder: string;
  /** Any job without. */
  readonly accepts?: (session: Session, job: Job) => boolean;
  /** The sentence when no job that is known fits. */
  readonly none?: string;
}

/**
 * The job of a command: the row that was clicked, the one that the arguments name, or the one that the person
 * picks. Undefined when the person picked none.
 */
export async function targetJob(
  sessions: Sessions,
  argument: unknown,
  pick: JobPick,
): Promise<Target | undefined> {
  if (isJobNode(argument)) return { session: argument.session, id: argument.job.id };
  const { connection, job } = record(argument);
  if (job === undefined) return pickJob(sessions, pick);
  if (typeof job !== 'string' || job === '')
    throw new Error(t('The argument "job" must be the id of a job.'));
  // Ids are UUIDs, which people paste in either case.
  const id = job.toLowerCase();
  return { session: sessionOf(sessions, connection, id), id };
}

/** The rows of jobs that are selected together with the one that was clicked; none from elsewhere than the tree. */
export function selectedJobs(argument: unknown, selected: unknown): readonly JobNode[] {
  return isJobNode(argument) && Array.isArray(selected) ? selected.filter(isJobNode) : [];
}

/** The connection of a command: the row's, the one that the arguments name, or the one that the person picks. */
export async function targetSession(
  sessions: Sessions,
  argument: unknown,
  placeholder: string,
  accepts: (session: Session) => boolean = () => true,
): Promise<Session | undefined> {
  if (isNode(argument)) return argument.session;
  const { connection } = record(argument);
  if (connection !== undefined) return sessionOf(sessions, connection);
  requireConnection(sessions);
  const candidates = sessions.all.filter(accepts);
  if (candidates.length === 0) throw new Error(t('There is no connection for which this would do anything.'));
  if (sessions.all.length === 1) return candidates[0];
  const items = candidates.map((session) => ({
    label: plain(session.markedName),
    description: session.profile.url,
    session,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: placeholder, matchOnDescription: true }))
    ?.session;
}

/** The fields of a command's argument; none when it isn't an object. */
export function record(argument: unknown): Readonly<Record<string, unknown>> {
  return typeof argument === 'object' && argument !== null && !isNode(argument)
    ? (argument as Readonly<Record<string, unknown>>)
    : {};
}

/** A text field of a command's argument. Throws a sentence when it is anything else. */
export function optionalText(argument: unknown, name: string): string | undefined {
  const value = record(argument)[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new Error(t('The argument "{0}" must be text.', name));
}

/** The connection that is named, or else the one that knows the job, or else the only one. */
function sessionOf(sessions: Sessions, connection: unknown, job?: string): Session {
  requireConnection(sessions);
  if (connection !== undefined) {
    const session = typeof connection === 'string' ? sessions.get(connection) : undefined;
    if (!session) throw new Error(t('There is no such connection. Check the argument "connection".'));
    return session;
  }
  const [only, ...more] = sessions.all;
  const knowing = sessions.all.find((session) => job !== undefined && session.store.job(job));
  const session = knowing ?? (more.length === 0 ? only : undefined);
  if (!session)
    throw new Error(t('Several connections exist: say which one with the argument "connection".'));
  return session;
}

/** Throws a sentence when nothing is connected. */
export function requireConnection(sessions: Sessions): void {
  if (sessions.all.length === 0)
    throw new Error(t('No Collibra instance is connected. Run "Collibra Jobs: Connect" first.'));
}

async function pickJob(
  sessions: Sessions,
  { placeholder, accepts = () => true, none = t('No job is known yet.') }: JobPick,
): Promise<Target | undefined> {
  requireConnection(sessions);
  // A pick from the palette may come before anything was asked; it offers what is true now.
  const asked = await Promise.allSettled(
    sessions.all
      .filter(({ lastGood, off }) => lastGood === undefined && !off)
      .map((session) => session.refresh()),
  );
  // With nothing known of any instance, the reason is the answer.
  const failed = asked.find((result) => result.status === 'rejected');
  if (failed && sessions.all.every(({ lastGood }) => lastGood === undefined)) throw failed.reason;
  const several = sessions.all.length > 1;
  const items = sessions.all.flatMap((session) =>
    Object.values(session.state.groups)
      .flatMap(({ jobs }) => jobs)
      .filter((job) => accepts(session, job))
      .map((job) => ({
        ...jobPick(session, job, several ? session.markedName : undefined),
        target: { session, id: job.id },
      })),
  );
  if (items.length === 0) {
    void vscode.window.showInformationMessage(none);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: placeholder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.target;
}
