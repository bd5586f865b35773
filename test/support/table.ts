import type { Results } from './results';
import { labelOf, type Step } from './step';

/** What became of a step. */
export interface Outcome extends Results {
  readonly step: Step;
  readonly seconds: number;
}

/** A line for each step: its name, how many passed and failed, how long it took. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ step }) => labelOf(step).length));
  return outcomes
    .map(({ step, passed, failed, seconds }) => {
      const counts = `${passed} passed`.padStart(11) + `${failed} failed`.padStart(11);
      return labelOf(step).padEnd(width) + counts + `${seconds.toFixed(0)} s`.padStart(8);
    })
    .join('\n');
}
