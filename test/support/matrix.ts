/**
 * What the suites are run with, beside the tests themselves. Each is one environment variable, which `run.ts`
 * sets for a step.
 */
import type { Generation } from '../../src/jobs/query';
import { type HostName, hosts, type HostVersion } from '../host/hosts';

export const hostNames = Object.keys(hosts) as readonly HostName[];
export const generations = ['core-2.0', 'jobs-v1'] as const satisfies readonly Generation[];
export const themeNames = ['light', 'dark', 'highContrast', 'highContrastLight'] as const;
export type ThemeName = (typeof themeNames)[number];

/** One place in the matrix of VS Code, generation and themes. */
export interface Cell {
  readonly host: HostName;
  /** What the demo speaks in the ui suite, where scenarios don't say otherwise. */
  readonly generation: Generation;
  /** Those that the ui suite looks at. Windows have the first. */
  readonly themes: readonly ThemeName[];
}

const variables = { host: 'TEST_HOST', generation: 'TEST_GENERATION', themes: 'TEST_THEMES' } as const;

export const usual: Cell = { host: 'latest', generation: 'core-2.0', themes: ['light'] };

/** The environment in which a suite runs in this cell. */
export function environmentOf({ host, generation, themes }: Cell): Record<string, string> {
  return {
    [variables.host]: host,
    [variables.generation]: generation,
    [variables.themes]: themes.join(),
  };
}

/** The cell in which this process runs its tests. */
export function currentCell(): Cell {
  const { host, generation, themes } = variables;
  const [first = usual.host] = named(hostNames, host);
  const [second = usual.generation] = named(generations, generation);
  const third = named(themeNames, themes);
  return { host: first, generation: second, themes: third.length > 0 ? third : usual.themes };
}

export function currentHost(): HostVersion {
  return hosts[currentCell().host];
}

/** The names in a variable, with commas between them. */
function named<T extends string>(known: readonly T[], variable: string): readonly T[] {
  return listed(known, process.env[variable] ?? '', variable);
}

/** Those of the known names that a person listed, in that order. */
export function listed<T extends string>(known: readonly T[], text: string, what: string): readonly T[] {
  return text
    .split(',')
    .filter((word) => word !== '')
    .map((word) => {
      const found = known.find((name) => name === word);
      if (found === undefined) throw new Error(`${what} is ${word}; it can be ${known.join(', ')}.`);
      return found;
    });
}
