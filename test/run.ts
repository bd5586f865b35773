/**
 * `npm test`: every step, also after one that failed. What opens windows runs one after the other, and the rest
 * beside it. The last line sums them up.
 * With the names of steps only those; `--grep` picks tests by their names: `npm run test:ui -- --grep connect`.
 * `--all` is the whole matrix; `--host`, `--generation` and `--themes` choose of it: `npm run test:ui -- --host oldest`.
 */
import { parseArgs } from 'node:util';
import { findChromium } from './host/chromium';
import { hosts } from './host/hosts';
import { installHost } from './host/install';
import { onTermination, stopProcesses } from './host/processes';
import { type Cell, generations, hostNames, listed, themeNames } from './support/matrix';
import { labelOf, runStep, type Step } from './support/step';
import { selectSteps } from './support/steps';
import { type Outcome, tableOf } from './support/table';

const { values, positionals } = parseArgs({
  options: {
    grep: { type: 'string' },
    all: { type: 'boolean' },
    host: { type: 'string' },
    generation: { type: 'string' },
    themes: { type: 'string' },
  },
  allowPositionals: true,
});

onTermination(stopProcesses);
const [host] = listed(hostNames, values.host ?? '', '--host');
const [generation] = listed(generations, values.generation ?? '', '--generation');
const themes = listed(themeNames, values.themes ?? '', '--themes');
const chosen: Partial<Cell> = {
  ...(host && { host }),
  ...(generation && { generation }),
  ...(themes.length > 0 && { themes }),
};
const steps = selectSteps(positionals, values.all === true, chosen);

const wanted = new Set(steps.flatMap(({ cell }) => cell?.host ?? []));
/** Beside the steps that need no VS Code. Why there is none, or undefined. */
const whyNot = async (made: Promise<unknown>): Promise<string | undefined> => {
  try {
    await made;
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
const chromium = wanted.size > 0 ? findChromium(console.log) : undefined;
const setUps = new Map(
  [...wanted].map((name) => [name, whyNot(Promise.all([installHost(hosts[name], console.log), chromium]))]),
);

/** Why a step can't run; it has failed then. A package of an earlier run is no substitute. */
async function whatIsMissing({ cell, needsPackage }: Step): Promise<string | undefined> {
  // First, so that no run ends while Chromium is half installed.
  const noHost = cell && (await setUps.get(cell.host));
  const packed = outcomes.find(({ step }) => step.name === 'package');
  return needsPackage && packed && packed.failed > 0 ? 'The extension could not be packaged.' : noHost;
}

const outcomes: Outcome[] = [];

async function runInTurn(queue: readonly Step[], live: boolean): Promise<void> {
  for (const step of queue) {
    const label = labelOf(step);
    console.log(`${label} …`);
    const missing = await whatIsMissing(step);
    const started = Date.now();
    if (missing !== undefined) console.log(`${label}: It could not run. ${missing}\n`);
    const results = missing === undefined ? await runStep(step, values.grep, live) : { passed: 0, failed: 1 };
    outcomes.push({ step, ...results, seconds: (Date.now() - started) / 1000 });
  }
}

const [packing, windows, others] = [
  steps.filter(({ name }) => name === 'package'),
  steps.filter(({ cell }) => cell),
  steps.filter(({ name, cell }) => name !== 'package' && !cell),
];
await runInTurn(packing, true);
await Promise.all([runInTurn(windows, true), runInTurn(others, windows.length === 0)]);

outcomes.sort((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step));
console.log(tableOf(outcomes));
const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
const ran = outcomes.filter(({ step }) => step.suite).map((outcome) => outcome.passed + outcome.failed);
const nothingPicked = values.grep !== undefined && sum(ran) === 0;
if (nothingPicked) console.log(`No test has a name that matches ${values.grep}.`);
const failed = sum(outcomes.map((outcome) => outcome.failed)) + (nothingPicked ? 1 : 0);
console.log(`${sum(outcomes.map(({ passed }) => passed))} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
