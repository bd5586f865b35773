import * as vscode from 'vscode';
import type { Connections } from './chosen';
import type { ToolName } from './tools';

const names: readonly ToolName[] = ['collibra_find_jobs', 'collibra_get_job', 'collibra_cancel_job'];

/** Offers the tools to language models. What they do is loaded when one is first asked for. */
export function registerTools(connections: Connections): vscode.Disposable[] {
  return names.map((name) =>
    vscode.lm.registerTool<unknown>(name, {
      prepareInvocation: async ({ input }) => (await import('./tools')).prepare(name, connections, input),
      invoke: async ({ input }, token) => {
        // The walkthrough's last step is done.
        void vscode.commands.executeCommand('setContext', 'collibraJobs.asked', true);
        return (await import('./tools')).invoke(name, connections, input, token);
      },
    }),
  );
}
