import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Sessions } from '../connections/sessions';
import type { Watched } from '../connections/watched';
import { isBare } from '../jobs/counts';
import { isEmpty } from '../jobs/filter';
import { viewMessage } from './viewMessage';

/** What VS Code was told last, by the key's name. */
const told = new Map<string, unknown>();

/** Says above the tree, in its title and in place of it what the rows don't; and which entries the menus have. */
export function describe(
  view: vscode.TreeView<unknown>,
  title: string | undefined,
  sessions: Sessions,
  watched: Pick<Watched, 'of'>,
): void {
  const { all } = sessions;
  const message = viewMessage(all);
  if (view.message !== message) view.message = message;
  // With one connection there is no node with its name.
  const [first, ...more] = all;
  const only = more.length === 0 ? first : undefined;
  const shown = only?.shortName ?? title;
  if (view.title !== shown) view.title = shown;
  const is = {
    signInNeeded: all.some(({ state }) => state.status.kind === 'signInNeeded'),
    connections: all.length,
    someOn: all.some(({ off }) => !off),
    someOff: all.some(({ off }) => off),
    // All but the demo, which has no sign-in and is in no settings.
    own: all.filter((session) => !sessions.isInMemory(session)).length,
    filtered: all.some(({ filter }) => !isEmpty(filter)),
    nothing: only && nothingOf(only),
    // Steps of the walkthrough that are done.
    canceled: all.some(({ state }) => state.cancels.size > 0),
    watched: all.some(({ id }) => watched.of(id).length > 0),
  };
  for (const [key, value] of Object.entries(is)) {
    if (told.has(key) && told.get(key) === value) continue;
    told.set(key, value);
    void vscode.commands.executeCommand('setContext', `collibraJobs.${key}`, value);
  }
}

/** Why a connection shows no rows at all, in the words of the welcome contents' conditions. */
export function nothingOf({
  state,
  lastGood,
  filter,
}: Session): 'offline' | 'filtered' | 'empty' | undefined {
  const { kind } = state.status;
  if (!isBare(state)) return undefined;
  if (kind === 'stale' && lastGood === undefined) return 'offline';
  if (kind !== 'ready') return undefined;
  return isEmpty(filter) ? 'empty' : 'filtered';
}
