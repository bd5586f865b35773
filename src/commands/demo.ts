import * as vscode from 'vscode';
import type { Demo } from '../demo/demo';
import type { CommandContext } from './context';
import { demoId } from './demoId';

let running: Promise<Demo> | undefined;

/** Starts the demo Collibra, connects to it and shows the panel. */
export async function tryDemo(context: CommandContext): Promise<string> {
  const session = await connectDemo(context);
  await vscode.commands.executeCommand('collibraJobs.jobs.focus');
  await session.refresh();
  return demoId;
}

/** Brings the demo back that was running before the window was reloaded. */
export async function reviveDemo(context: CommandContext): Promise<void> {
  await connectDemo(context);
}

export async function stopDemo(context: CommandContext): Promise<void> {
  await context.demo.want(false);
  await context.sessions.remove(demoId);
  const demo = running;
  running = undefined;
  await (await demo)?.dispose();
}

async function connectDemo(context: CommandContext) {
  const existing = context.sessions.get(demoId);
  if (existing) return existing;
  const { startDemo } = await import('../demo/demo');
  running ??= startDemo();
  const demo = await running;
  await context.demo.want(true);
  return (
    context.sessions.get(demoId) ??
    context.sessions.addInMemory(
      { id: demoId, name: vscode.l10n.t('Demo'), url: demo.url, auth: 'bearer' },
      { kind: 'bearer', token: demo.token },
    )
  );
}
