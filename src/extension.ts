import * as vscode from 'vscode';
import { commandIds } from './commands/ids';
import type { CollibraJobs } from './connections/publicApi';
import type { Parts } from './parts';

export type { CollibraJobs, ConnectionSnapshot } from './connections/publicApi';

/**
 * Registers the commands and hands out the API. The extension host runs nothing else meanwhile: the rest is loaded in
 * the next turn, or when a command or another extension needs it earlier. It sends nothing and reads no file.
 */
export function activate(context: vscode.ExtensionContext): CollibraJobs {
  const changes = new vscode.EventEmitter<void>();
  let known: CollibraJobs | undefined;
  let loading: Promise<Parts> | undefined;
  const load = async () => {
    const { buildParts } = await import('./parts');
    const parts = buildParts(context);
    known = parts.api;
    known.onDidChange(() => changes.fire());
    changes.fire();
    return parts;
  };
  const parts = () => (loading ??= load());
  const soon = setImmediate(() => {
    parts().catch((error: unknown) =>
      vscode.window.showErrorMessage(vscode.l10n.t('Collibra Jobs could not start. {0}', String(error))),
    );
  });

  context.subscriptions.push(
    changes,
    { dispose: () => clearImmediate(soon) },
    ...Object.keys(commandIds).map((key) => {
      const name = key as keyof typeof commandIds;
      return vscode.commands.registerCommand(commandIds[name], async (...args: unknown[]) =>
        (await parts()).run(name, args),
      );
    }),
  );
  return {
    version: 1,
    snapshot: () => known?.snapshot() ?? [],
    refresh: async (connection) => (await parts()).api.refresh(connection),
    async *findJobs(query, options) {
      yield* (await parts()).api.findJobs(query, options);
    },
    getJob: async (id, options) => (await parts()).api.getJob(id, options),
    cancelJob: async (id, options) => (await parts()).api.cancelJob(id, options),
    onDidChange: changes.event,
  };
}
