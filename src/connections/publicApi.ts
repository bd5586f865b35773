import * as vscode from 'vscode';
import type { CallOptions, CollibraJobs, ConnectionSnapshot } from '../collibra-jobs';
import type { Failure } from '../jobs/failure';
import type { JobState } from '../jobs/job';
import { isEmpty } from '../jobs/filter';
import { countOf } from '../jobs/counts';
import type { Session } from './session';
import type { Sessions } from './sessions';

export type { CollibraJobs, ConnectionSnapshot };

/** See `collibra-jobs.d.ts`, which the package has for those who use it. */
export function createPublicApi(sessions: Sessions): CollibraJobs & { dispose(): void } {
  const changes = new vscode.EventEmitter<void>();
  const subscriptions = [
    sessions.onDidChange(() => changes.fire()),
    sessions.onDidChangeList(() => changes.fire()),
    changes,
  ];
  return {
    version: 1,
    snapshot: () => sessions.all.map(snapshotOf),
    refresh: async (connection) => {
      const chosen =
        connection === undefined
          ? sessions.all.filter(({ off }) => !off)
          : [chosenSession(sessions, { connection })];
      const results = await Promise.allSettled(chosen.map((session) => session.refresh()));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason as Error;
    },
    async *findJobs(query, options = {}) {
      const api = await chosenSession(sessions, options).api();
      const [{ everyJob }, { givenQuery }] = await Promise.all([
        import('../jobs/everything'),
        import('../jobs/given'),
      ]);
      yield* everyJob(api, givenQuery(query), options.signal);
    },
    getJob: async (id, options = {}) => {
      const api = await chosenSession(sessions, options).api();
      return api.get(id, options.signal);
    },
    cancelJob: async (id, options = {}) => {
      options.signal?.throwIfAborted();
      const { message, signal } = options;
      await chosenSession(sessions, options).cancel(id, { message, signal });
    },
    onDidChange: changes.event,
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function snapshotOf({ profile, state, capabilities, filter }: Session): ConnectionSnapshot {
  const { status } = state;
  const failure: Failure | undefined = 'failure' in status ? status.failure : undefined;
  return {
    id: profile.id,
    name: profile.name,
    url: profile.url,
    generation: capabilities?.generation,
    status: status.kind,
    since: new Date(status.since),
    error: failure && { kind: failure.kind, message: failure.message },
    filtered: !isEmpty(filter),
    groups: (Object.keys(state.groups) as JobState[]).map((name) => {
      const group = state.groups[name];
      const { count, exact } = countOf(group);
      return { group: name, total: exact ? count : undefined, exact, jobs: group.jobs };
    }),
  };
}

function chosenSession(sessions: Sessions, { connection }: CallOptions): Session {
  const [only, ...more] = sessions.all;
  const session = connection === undefined && more.length === 0 ? only : sessions.get(connection ?? '');
  if (session) return session;
  throw new Error(
    connection === undefined
      ? vscode.l10n.t('Say which connection is meant: there is none, or more than one.')
      : vscode.l10n.t('There is no connection "{0}".', connection),
  );
}
