import { faultPlan, longestSuite } from '../faults/plan';
import type { Step } from './step';

const { execPath: node } = process;

const bin = (path: string, ...args: string[]) => [node, `node_modules/${path}`, ...args];

const mocha = (folder: string, ...args: string[]) => [
  ...[node, '--import', 'tsx', 'node_modules/mocha/bin/mocha.js', `test/${folder}/**/*.test.ts`],
  ...['--reporter', './test/support/reporter.ts', '--forbid-only', '--exit', ...args],
];

/** Every step, in order. */
const steps: readonly Step[] = [
  {
    name: 'lint',
    minutes: 4,
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
  { name: 'unit', minutes: 4, suite: true, commands: [mocha('unit', '--timeout', '20000')] },
  { name: 'package', minutes: 4, commands: [['npm', 'run', 'package']], mustNotPrint: /WARNING/ },
  {
    name: 'integration',
    minutes: 4,
    suite: true,
    needsHost: true,
    needsPackage: true,
    commands: [[node, '--import', 'tsx', 'test/integration/launch.ts']],
  },
  {
    name: 'ui',
    minutes: 8,
    suite: true,
    needsHost: true,
    needsPackage: true,
    commands: [
      mocha('ui', '--timeout', '60000', '--slow', '10000', '--require', './test/support/ui/hooks.ts'),
    ],
  },
  {
    name: 'faults',
    minutes: longestSuite(faultPlan()),
    suite: true,
    needsHost: true,
    needsPackage: true,
    commands: [
      mocha('faults', '--timeout', '60000', '--slow', '30000', '--require', './test/faults/hooks.ts'),
    ],
  },
  {
    name: 'desktop',
    minutes: 8,
    suite: true,
    needsPackage: true,
    onlyByName: true,
    commands: [[node, '--import', 'tsx', 'test/integration/launch.ts', '--desktop']],
  },
];

/** The steps of these names, in order; without names, all that aren't run only by name. */
export function selectSteps(names: readonly string[]): readonly Step[] {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new Error(
      `There is no step ${unknown.join(', ')}. There is ${steps.map(({ name }) => name).join(', ')}.`,
    );
  }
  return steps.filter((step) => (names.length > 0 ? names.includes(step.name) : !step.onlyByName));
}
