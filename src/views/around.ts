import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Sessions } from '../connections/sessions';
import type { Watched } from '../connections/watched';
import { isBare } from '../jobs/counts';
import { isEmpty } from '../jobs/filter';
import { isOffline } from './connectionText';
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
  // With one connection there is no node with its name.
  const [first, ...more] = all;
  const only = more.length === 0 ? first : undefined;
  const nothing = only && nothingOf(only);
  // VS Code shows welcome contents only where there is no message.
  const message = nothing ? undefined : viewMessage(all);
  if (view.message !== message) view.message = message;
  const shown = only?.shortName ?? title;
  if (view.title !== shown) view.title = shown;
  const is = {
    connections: all.length,
    someOn: all.some(({ off }) => !off),
    someOff: all.some(({ off }) => off),
    // All but the demo, which has no sign-in and is in no settings.
    own: all.filter((session) => !sessions.isInMemory(session)).length,
    filtered: all.some(({ filter }) => !isEmpty(filter)),
    nothing,
    // Steps of the walkthrough that are done.
    canceled: all.some(({ state }) => [...state.cancels.values()].some(({ kind }) => kind !== 'refused')),
    watched: all.some(({ id }) => watched.of(id).length > 0),
  };
  for (const [key, value] of Object.entries(is)) {
    if (told.has(key) && told.get(key) === value) continue;
    told.set(key, value);
    void vscode.commands.executeCommand('setContext', `collibraJobs.${key}`, value);
  }
}

export type Nothing = 'signInNeeded' | 'off' | 'offline' | 'filtered' | 'empty';

/** Why a connection shows no rows at all, in the words of the welcome contents' conditions. */
export function nothingOf({ state, lastGood, filter, tokenMinutes }: Session): Nothing | undefined {
  const { status } = state;
  if (!isBare(state)) return undefined;
  if (status.kind === 'ready') {
    // Further back in time there may be some; and a token that is about to expire comes first.
    if (filter.started ?? filter.ended ?? tokenMinutes) return undefined;
    return isEmpty(filter) ? 'empty' : 'filtered';
  }
  if (lastGood !== undefined || status.kind === 'loading') return undefined;
  if (status.kind !== 'stale') return status.kind;
  return isOffline(status.failure) ? 'offline' : undefined;
}
