import type { Session } from '../connections/session';
import { isAbort, isFailure } from '../jobs/failure';
import { isNode } from '../views/nodes';
import { showFailure } from '../views/notifications';
import type { CommandContext } from './context';
import type { commandIds } from './ids';

type Handler = (context: CommandContext, ...args: unknown[]) => unknown;

type Name = keyof typeof commandIds;

/** Runs a command by its name, with what it was called with. */
export type RunCommand = (name: Name, args: unknown[]) => Promise<unknown>;

export function commandRunner(context: CommandContext): RunCommand {
  const run: RunCommand = async (name, args) => {
    try {
      const handlers: Readonly<Record<Name, Handler>> = await import('./handlers');
      return await handlers[name](context, ...args);
    } catch (error) {
      if (isAbort(error)) return undefined;
      // Whoever passed arguments gets the failure; a person who clicked or typed is told.
      if (isProgrammatic(args)) throw error;
      const session = needingSignIn(context, error, args);
      if (!session) void showFailure(error, context.log);
      // What the secret was lacking for is done once there is one.
      else if (await (await import('./handlers')).askToSignIn(context, session)) return run(name, args);
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
