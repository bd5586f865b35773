import { faultPlan, longestSuite } from '../faults/plan';
import { type Cell, hostNames, themeNames, usual } from './matrix';
import type { Step } from './step';

const { execPath: node } = process;

const bin = (path: string, ...args: string[]) => [node, `node_modules/${path}`, ...args];

const mocha = (files: readonly string[], ...args: string[]) => [
  ...[node, '--import', 'tsx', 'node_modules/mocha/bin/mocha.js'],
  ...files.map((file) => `test/${file}.test.ts`),
  ...['--reporter', './test/support/reporter.ts', '--forbid-only', '--exit', ...args],
];

/** Every step that isn't run once for each cell, in order. */
const steps: readonly Step[] = [
  // First, because other steps wait for it.
  { name: 'package', minutes: 4, commands: [['npm', 'run', 'package']], mustNotPrint: /WARNING/ },
  {
    name: 'lint',
    minutes: 6,
    commands: [
      bin('eslint/bin/eslint.js', '--max-warnings', '0', '.'),
      bin('dependency-cruiser/bin/dependency-cruise.mjs', 'src'),
      bin('prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'),
    ],
  },
  {
    name: 'types',
    minutes: 4,
    commands: [bin('typescript/bin/tsc'), bin('typescript/bin/tsc', '--project', 'src/webview')],
  },
  // Patient, because windows take both cores beside it.
  { name: 'unit', minutes: 6, suite: true, commands: [mocha(['unit/**/*'], '--timeout', '60000')] },
  {
    name: 'desktop',
    minutes: 8,
    suite: true,
    needsPackage: true,
    onlyByName: true,
    commands: [[node, '--import', 'tsx', 'test/integration/launch.ts', '--desktop']],
  },
];

const integration = (cell: Cell): Step => ({
  name: 'integration',
  minutes: 4,
  suite: true,
  cell,
  needsPackage: true,
  commands: [[node, '--import', 'tsx', 'test/integration/launch.ts']],
});

const ui = (cell: Cell, files: readonly string[]): Step => ({
  name: 'ui',
  minutes: 10,
  suite: true,
  cell,
  needsPackage: true,
  commands: [
    mocha(files, '--timeout', '60000', '--slow', '10000', '--require', './test/support/ui/hooks.ts'),
  ],
});

/** Longer in the whole matrix: more seeds, and more seconds of each. */
const faults = (cell: Cell, whole: boolean): Step => {
  const environment: Record<string, string> = whole ? { FAULT_SEEDS: '4', FAULT_SECONDS: '30' } : {};
  return {
    name: 'faults',
    minutes: longestSuite(faultPlan({ ...environment, ...process.env })),
    suite: true,
    environment,
    cell,
    needsPackage: true,
    commands: [
      mocha(['faults/**/*'], '--timeout', '60000', '--slow', '30000', '--require', './test/faults/hooks.ts'),
    ],
  };
};

/** All scenarios, and those in which the generations differ most: tree, page, cancel, filter. */
const scenarios = ['ui/**/*'];
const mainScenarios = ['ui/truth', 'ui/job', 'ui/find'];

/**
 * What is run: once with the latest VS Code and one theme, the second generation in the main scenarios only, or
 * in every cell of the matrix. What a person chose of a cell holds for all.
 */
function cells(whole: boolean, chosen: Partial<Cell>): readonly Step[] {
  const hosts = chosen.host ? [chosen.host] : whole ? hostNames : [usual.host];
  const themes = chosen.themes ?? (whole ? themeNames : usual.themes);
  return hosts.flatMap((host) => {
    const cell = { ...usual, themes, ...chosen, host };
    const second = { ...cell, generation: 'jobs-v1' } as const;
    return [
      integration(cell),
      ui(cell, scenarios),
      ...(chosen.generation ? [] : [ui(second, whole ? scenarios : mainScenarios)]),
    ];
  });
}

/** The steps of these names, in order; without names, all that aren't run only by name. */
export function selectSteps(
  names: readonly string[],
  whole: boolean,
  chosen: Partial<Cell>,
): readonly Step[] {
  const faulty = faults({ ...usual, ...chosen }, whole);
  const all = [...steps, ...cells(whole, chosen), faulty];
  const known = [...new Set(all.map(({ name }) => name))];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no step ${unknown.join(', ')}. There is ${known.join(', ')}.`);
  return all.filter((step) => (names.length > 0 ? names.includes(step.name) : !step.onlyByName));
}
