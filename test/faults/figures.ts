import type { Entry } from '../support/faultProxy';
import type { CancelBook } from './cancels';

/** Prints what happened in a run, in three lines. */
export function printFigures(
  run: string,
  entries: readonly Entry[],
  actions: ReadonlyMap<string, number>,
  { asked }: CancelBook,
): void {
  const spoiled = new Map<string, number>();
  for (const { fault } of entries) if (fault) spoiled.set(fault, (spoiled.get(fault) ?? 0) + 1);
  const sent = entries.filter(({ cancels }) => cancels !== undefined);
  const lost = sent.filter((entry) => entry.lost).length;
  const refused = asked.filter(({ thrown }) => thrown).length;
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([name, count]) => `${name} ${count}`);
  console.log(`    ${run}: ${entries.length} requests; ${list(spoiled).join(', ')}`);
  console.log(
    `    cancels: asked ${asked.length}, sent ${sent.length}, answers lost ${lost}, rejected ${refused}`,
  );
  console.log(`    actions: ${list(actions).join(', ')}`);
}
