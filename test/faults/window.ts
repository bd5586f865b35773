import type { Workbench } from '../support/ui/workbench';
import type { CollibraJobs, ConnectionSnapshot } from '../../src/connections/publicApi';

/** The name of the connection, which stands in every sentence about it. */
export const instance = 'Production';

/** How a call in the extension host ended: with nothing, or with what it threw. */
export interface Thrown {
  readonly message: string;
  /** Of a `CollibraError`, where VS Code passes it on: its commands keep the message only. */
  readonly kind?: string;
}

/** Runs a command of the extension with an argument, as another extension would. */
export function command(workbench: Workbench, name: string, argument: unknown): Promise<Thrown | undefined> {
  return workbench.evaluate(
    async (vscode, { name, argument }) => {
      try {
        await vscode.commands.executeCommand(`collibraJobs.${name}`, argument);
        return undefined;
      } catch (error) {
        return { message: (error as Error).message };
      }
    },
    { name, argument },
  );
}

/** Calls one of the functions of the extension's API that promise something. */
export function call(
  workbench: Workbench,
  name: 'refresh' | 'cancelJob' | 'getJob',
  argument: string | undefined,
): Promise<Thrown | undefined> {
  return workbench.evaluate(
    async (vscode, { name, argument }) => {
      const extension = vscode.extensions.getExtension<CollibraJobs>('collibra-jobs.collibra-jobs');
      const api = extension?.exports as unknown as Record<string, (argument?: string) => Promise<unknown>>;
      try {
        await api[name]?.(argument);
        return undefined;
      } catch (error) {
        const { message, kind } = error as Thrown;
        return { message, ...(kind !== undefined && { kind }) };
      }
    },
    // JSON has no undefined.
    { name, ...(argument !== undefined && { argument }) },
  );
}

/** What the panel knows of the only connection, with instants in ISO 8601; undefined while there is none. */
export async function snapshot(workbench: Workbench): Promise<ConnectionSnapshot | undefined> {
  return workbench.evaluate((vscode) => {
    const extension = vscode.extensions.getExtension<CollibraJobs>('collibra-jobs.collibra-jobs');
    return extension?.exports.snapshot()[0];
  });
}
