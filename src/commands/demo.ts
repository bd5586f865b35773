import * as vscode from 'vscode';
import { parseGeneration, reservedId } from '../connections/profile';
import type { Session } from '../connections/session';
import type { Demo } from '../demo/demo';
import type { Generation } from '../jobs/query';
import type { CommandContext } from './context';
import { record } from './target';

let running: Promise<Demo> | undefined;

/** Starts the demo Collibra, connects to it and shows the panel. It serves both generations. */
export async function tryDemo(context: CommandContext, argument?: unknown): Promise<string> {
  const session = await connectDemo(context, parseGeneration(record(argument)['generation'] ?? 'core-2.0'));
  await vscode.commands.executeCommand('collibraJobs.jobs.focus');
  await session.refresh();
  return reservedId;
}

/** Brings the demo back that was running before the window was reloaded. */
export async function reviveDemo(context: CommandContext): Promise<void> {
  await connectDemo(context, 'core-2.0');
}

export async function stopDemo(context: CommandContext): Promise<void> {
  await context.demo.want(false);
  await context.sessions.remove(reservedId);
  const demo = running;
  running = undefined;
  await (await demo)?.dispose();
}

async function connectDemo(context: CommandContext, generation?: Generation): Promise<Session> {
  const existing = context.sessions.get(reservedId);
  if (existing) return existing;
  const { startDemo } = await import('../demo/demo');
  running ??= startDemo({ generations: ['core-2.0', 'jobs-v1'] });
  const demo = await running.catch((error: unknown) => {
    running = undefined;
    throw error;
  });
  await context.demo.want(true);
  const profile = {
    id: reservedId,
    name: vscode.l10n.t('Demo'),
    url: demo.url,
    auth: 'bearer',
    generation,
  } as const;
  return (
    context.sessions.get(reservedId) ??
    context.sessions.addInMemory(profile, { kind: 'bearer', token: demo.token })
  );
}
