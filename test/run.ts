/**
 * `npm test`: every step, one after the other, also after one that failed. The last line sums them up.
 * With the names of steps only those; `--grep` picks tests by their names: `npm run test:ui -- --grep connect`.
 */
import { parseArgs } from 'node:util';
import { findChromium } from './host/chromium';
import { hosts } from './host/hosts';
import { installHost } from './host/install';
import { onTermination, stopProcesses } from './host/processes';
import { runStep, type Step } from './support/step';
import { selectSteps } from './support/steps';

const { values, positionals } = parseArgs({ options: { grep: { type: 'string' } }, allowPositionals: true });

onTermination(stopProcesses);
const steps = selectSteps(positionals);

/** Beside the steps that need no VS Code. Why there is none, or undefined. */
const setUp = steps.some((step) => step.needsHost)
  ? Promise.all([installHost(hosts.latest, console.log), findChromium(console.log)]).then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
  : undefined;

let packageFailed = false as boolean;

/** Why a step can't run; it has failed then. A package of an earlier run is no substitute. */
async function whatIsMissing(step: Step): Promise<string | undefined> {
  // First, so that no run ends while Chromium is half installed.
  const noHost = step.needsHost ? await setUp : undefined;
  return step.needsPackage && packageFailed ? 'The extension could not be packaged.' : noHost;
}

let passed = 0;
let failed = 0;
for (const step of steps) {
  console.log(`${step.name} …`);
  const missing = await whatIsMissing(step);
  if (missing !== undefined) console.log(`${step.name}: It could not run. ${missing}\n`);
  const results = missing === undefined ? await runStep(step, values.grep) : { passed: 0, failed: 1 };
  if (results.failed > 0 && step.name === 'package') packageFailed = true;
  passed += results.passed;
  failed += results.failed;
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
