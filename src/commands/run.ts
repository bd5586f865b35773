import { isAbort } from '../jobs/failure';
import { showFailure } from '../views/notifications';
import type { CommandContext } from './context';
import type { commandIds } from './ids';

type Handler = (context: CommandContext, ...args: unknown[]) => unknown;

/** What each command does. The code of a command is loaded when it is first run. */
const handlers: Record<keyof typeof commandIds, () => Promise<Handler>> = {
  connect: async () => (await import('./connect')).connect,
  signIn: async () => (await import('./signIn')).signIn,
  removeConnection: async () => (await import('./removeConnection')).removeConnection,
  tryDemo: async () => (await import('./demo')).tryDemo,
  refresh: async () => (await import('./refresh')).refresh,
  openDetails: async () => (await import('./openDetails')).openDetails,
  cancel: async () => (await import('./cancel')).cancel,
  copyId: async () => (await import('./copy')).copyId,
  loadMore: async () => (await import('./loadMore')).loadMore,
  showLog: () => Promise.resolve(({ log }: CommandContext) => log.show()),
};

/** Runs a command by its name, with what it was called with. */
export type RunCommand = (name: keyof typeof commandIds, args: unknown[]) => Promise<unknown>;

export function commandRunner(context: CommandContext): RunCommand {
  return async (name, args) => {
    try {
      return await (
        await handlers[name]()
      )(context, ...args);
    } catch (error) {
      if (isAbort(error)) return undefined;
      // Whoever passed arguments gets the failure; a person who clicked or typed is told.
      if (isProgrammatic(args)) throw error;
      void showFailure(error, context.log);
      return undefined;
    }
  };
}

/** Plain objects come from key bindings, tests and other extensions; rows of the tree from a click. */
function isProgrammatic([first]: unknown[]): boolean {
  return typeof first === 'object' && first !== null && !('kind' in first);
}
