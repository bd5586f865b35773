import type { Session } from '../connections/session';
import { isAbort, isFailure } from '../jobs/failure';
import { isNode } from '../views/nodes';
import { showFailure } from '../views/notifications';
import type { CommandContext } from './context';
import type { commandIds } from './ids';

type Handler = (context: CommandContext, ...args: unknown[]) => unknown;

type Name = keyof typeof commandIds;

/** Where the function of each command is, which has the command's name. It is loaded when it is first run. */
const modules: { readonly [N in Name]: () => Promise<Readonly<Record<N, Handler>>> } = {
  connect: () => import('./connect'),
  signIn: () => import('./signIn'),
  signOut: () => import('./signOut'),
  checkConnection: () => import('./checkConnection'),
  editConnections: () => import('./editConnections'),
  switchOn: () => import('./switch'),
  switchOff: () => import('./switch'),
  removeConnection: () => import('./removeConnection'),
  tryDemo: () => import('./demo'),
  refresh: () => import('./refresh'),
  showMenu: () => import('./menu'),
  filter: () => import('./filter'),
  clearFilter: () => import('./filter'),
  sort: () => import('./sort'),
  findJob: () => import('./findJob'),
  openDetails: () => import('./openDetails'),
  cancel: () => import('./cancel'),
  cancelWaiting: () => import('./cancelMany'),
  watch: () => import('./watch'),
  unwatch: () => import('./watch'),
  copyId: () => import('./copy'),
  copyName: () => import('./copy'),
  copyJson: () => import('./copy'),
  copyLink: () => import('./copy'),
  showJson: () => import('./inspect'),
  compare: () => import('./inspect'),
  exportErrors: () => import('./exportErrors'),
  openInCollibra: () => import('./openInCollibra'),
  export: () => import('./export'),
  loadMore: () => import('./loadMore'),
  showLog: () => Promise.resolve({ showLog: ({ log }: CommandContext) => log.show() }),
};

/** Runs a command by its name, with what it was called with. */
export type RunCommand = (name: Name, args: unknown[]) => Promise<unknown>;

export function commandRunner(context: CommandContext): RunCommand {
  const run: RunCommand = async (name, args) => {
    try {
      const { [name]: command } = (await modules[name]()) as Record<Name, Handler>;
      return await command(context, ...args);
    } catch (error) {
      if (isAbort(error)) return undefined;
      // Whoever passed arguments gets the failure; a person who clicked or typed is told.
      if (isProgrammatic(args)) throw error;
      const session = needingSignIn(context, error, args);
      if (!session) void showFailure(error, context.log);
      // What the secret was lacking for is done once there is one.
      else if (await (await import('./signIn')).askToSignIn(context, session)) return run(name, args);
      return undefined;
    }
  };
  return run;
}

/** The connection whose secret a command lacked: the one of the row, or else the first that needs one. */
function needingSignIn({ sessions }: CommandContext, error: unknown, [row]: unknown[]): Session | undefined {
  if (!isFailure(error) || error.kind !== 'signInNeeded') return undefined;
  const candidates = isNode(row) ? [sessions.get(row.session.id)] : sessions.all;
  return candidates.find((session) => session?.state.status.kind === 'signInNeeded');
}

/** Plain objects come from key bindings, tests and other extensions; rows of the tree from a click. */
function isProgrammatic([first]: unknown[]): boolean {
  return typeof first === 'object' && first !== null && !('kind' in first);
}
