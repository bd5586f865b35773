import * as vscode from 'vscode';
import type { CommandContext } from './context';
import { targetSession } from './target';

const { t } = vscode.l10n;

/** Follows an instance again. */
export async function switchOn(context: CommandContext, argument?: unknown): Promise<void> {
  await setEnabled(context, true, argument);
}

/** Leaves an instance alone until it is switched on; the connection and its secret stay. */
export async function switchOff(context: CommandContext, argument?: unknown): Promise<void> {
  await setEnabled(context, false, argument);
}

async function setEnabled({ sessions }: CommandContext, on: boolean, argument: unknown): Promise<void> {
  const question = on ? t('Switch on which connection?') : t('Switch off which connection?');
  const session = await targetSession(sessions, argument, question, ({ off }) => off === on);
  if (session?.off !== on) return;
  const { name } = session.profile;
  if (sessions.isInMemory(session)) throw new Error(t("{0} can't be switched off. Remove it instead.", name));
  await sessions.update({ ...session.profile, enabled: on ? undefined : false });
}
