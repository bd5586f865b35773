import * as vscode from 'vscode';
import { requireConnection, targetSession } from './target';
import type { CommandContext } from './context';
import { isNode } from '../views/nodes';

/** Asks one connection, or all, for what is true now. */
export async function refresh({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  requireConnection(sessions);
  const named =
    isNode(argument) || (typeof argument === 'object' && argument !== null && 'connection' in argument);
  const on = sessions.all.filter(({ off }) => !off);
  // Those that need a sign-in have nothing to ask; with no other, their reason is the answer.
  const signedIn = on.filter(({ state }) => state.status.kind !== 'signInNeeded');
  const all = signedIn.length > 0 ? signedIn : on;
  if (!named && all.length === 0) throw new Error(vscode.l10n.t('Every connection is switched off.'));
  const chosen = named ? [await targetSession(sessions, argument, '')] : all;
  // Each says its own failure in the view; one that fails must not keep the others from being refreshed.
  const results = await Promise.allSettled(chosen.map(async (session) => session?.refresh()));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}
