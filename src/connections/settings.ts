import * as vscode from 'vscode';
import { endings, tellings, type Ending, type Telling } from '../jobs/ending';
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

/** Whose ends are told: what is watched, unless the setting is one of the others. */
export function telling(): Telling {
  const value = configuration().get<unknown>('notify');
  return tellings.find((each) => each === value) ?? 'watched';
}

/** Which kinds of ends are told; all of them where the setting can't be understood. */
export function toldEndings(): readonly Ending[] {
  const value = configuration().get<unknown>('notifyAbout');
  return Array.isArray(value) ? endings.filter((each) => value.includes(each)) : endings;
}

/** Whether the status bar shows nothing while there is nothing to show. */
export function hideWhenIdle(): boolean {
  return configuration().get<unknown>('hideWhenIdle') === true;
}

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('collibraJobs');
}

function number(name: string, fallback: number, least: number, most: number): number {
  const value = configuration().get<unknown>(name);
  if (typeof value !== 'number' || !Number.isFinite(value)) return fallback;
  return Math.min(most, Math.max(least, Math.round(value)));
}
