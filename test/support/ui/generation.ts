import type { Generation } from '../../../src/jobs/query';
import { currentCell } from '../matrix';

/** What the demo speaks in this run, where a scenario doesn't say otherwise. */
export const { generation } = currentCell();

/** Scenarios that exist for one generation, or are the same for both: other runs don't have them. */
export function describeOver(only: Generation, title: string, scenarios: () => void): void {
  if (generation === only) describe(title, scenarios);
}
