import { t } from '@vscode/l10n';
import type { Session } from '../connections/session';
import type { Sessions } from '../connections/sessions';
import type { Job } from '../jobs/job';
import { told } from './output';

/** The connections that the tools ask. */
export type Connections = Pick<Sessions, 'all' | 'get'>;

/** A job, and where it is. */
export interface Found {
  readonly session: Session;
  readonly job: Job;
}

/** The connection with this id or this name, where no other one has either. Throws a sentence for any other. */
export function connectionNamed(connections: Connections, named: string): Session {
  requireConnections(connections);
  const byId = connections.get(named);
  const byName = connections.all.filter(({ id, profile }) => profile.name === named && id !== named);
  const [only, ...more] = byId ? [byId, ...byName] : byName;
  if (only && more.length === 0) return only;
  throw new Error(
    only
      ? t('Several connections have this name. Give the id of one: {0}.', listed(connections.all))
      : t('There is no such connection. There are: {0}.', listed(connections.all)),
  );
}

/** The connection that is named, or all that are on. Throws a sentence when there is none. */
export function connectionsFor(connections: Connections, named: string | undefined): readonly Session[] {
  if (named !== undefined) return [connectionNamed(connections, named)];
  requireConnections(connections);
  const on = connections.all.filter(({ off }) => !off);
  if (on.length === 0) throw new Error(t('All Collibra connections are switched off.'));
  return on;
}

/** Reads a job from the connection that has it. Throws a sentence where none has it, or more than one. */
export async function findOne(sessions: readonly Session[], id: string): Promise<Found> {
  const read = await Promise.allSettled(sessions.map((session) => session.read(id)));
  const found: Found[] = [];
  const failed: unknown[] = [];
  read.forEach((result, index) => {
    const session = sessions[index];
    if (result.status === 'rejected') failed.push(result.reason);
    else if (session && result.value) found.push({ session, job: result.value });
  });
  const [first, ...more] = found;
  if (first && more.length > 0)
    throw new Error(
      t(
        'Several connections have this job. Say which one: {0}.',
        listed(found.map(({ session }) => session)),
      ),
    );
  if (first) return first;
  // A single connection says by itself why it could not be asked, in an error that keeps its kind.
  if (failed.length > 0 && sessions.length === 1) throw failed[0];
  const none = t('There is no job {0} on {1}.', id, listed(sessions));
  throw new Error([none, ...failed.map((each) => told(each).message)].join(' '));
}

function requireConnections({ all }: Connections): void {
  if (all.length === 0)
    throw new Error(t('No Collibra instance is connected. A person has to run "Collibra Jobs: Connect…".'));
}

/** Connections with the ids that tell them apart. */
function listed(sessions: readonly Session[]): string {
  return sessions.map(({ id, profile }) => `${profile.name} (${id})`).join(', ');
}
