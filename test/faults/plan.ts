import { randomInt } from 'node:crypto';

/** How long the fault suite goes on. */
export interface Plan {
  /** One run over each generation for each. */
  readonly seeds: readonly number[];
  /** In which requests are spoiled, of one run. */
  readonly seconds: number;
}

/** What the environment asks for, as `faults.test.ts` tells; a short run otherwise. */
export function faultPlan(env: NodeJS.ProcessEnv = process.env): Plan {
  const number = (name: string, otherwise: number) => {
    const value = Number(env[name] ?? otherwise);
    if (Number.isInteger(value) && value > 0) return value;
    throw new Error(`${name} must be a whole number above 0.`);
  };
  const first = number('FAULT_SEED', randomInt(1, 1_000_000));
  const seeds = Array.from({ length: number('FAULT_SEEDS', 1) }, (_, n) => first + n);
  return { seeds, seconds: number('FAULT_SECONDS', 5) };
}

/** How long one run may take at most, s: also the cancels whose answers were lost are awaited. */
export function longestRun({ seconds }: Plan): number {
  return seconds + 120;
}

/** How long the suite may take at most, minutes. Most runs end soon after their seconds. */
export function longestSuite(plan: Plan): number {
  return Math.ceil((plan.seeds.length * 2 * (plan.seconds + 40)) / 60) + 3;
}
