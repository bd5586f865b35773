import * as vscode from 'vscode';
import type { Intervals } from '../jobs/poller';

/** Settings in seconds, as milliseconds. A value below the minimum counts as the minimum. */
export function intervals(): Intervals {
  return {
    active: 1000 * number('activeInterval', 5, 1, 3600),
    idle: 1000 * number('idleInterval', 60, 10, 86_400),
  };
}

export function sizes(): { readonly pageSize: number; readonly budget: number } {
  return { pageSize: number('pageSize', 50, 10, 500), budget: number('activeBudget', 1000, 50, 10_000) };
}

/** Whether the status bar shows nothing while there is nothing to show. */
export function hideWhenIdle(): boolean {
  return configuration().get<unknown>('hideWhenIdle') === true;
}

/** The extension's own settings, none of which can be trusted to have its type. */
export function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('collibraJobs');
}

function number(name: string, fallback: number, least: number, most: number): number {
  const value = configuration().get<unknown>(name);
  if (typeof value !== 'number' || !Number.isFinite(value)) return fallback;
  return Math.min(most, Math.max(least, Math.round(value)));
}
