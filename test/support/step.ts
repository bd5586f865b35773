import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { out } from '../host/paths';
import { type GuardedProcess, startProcess } from '../host/processes';
import { type Cell, environmentOf } from './matrix';
import { readResults, type Results, resultsVariable } from './results';

/** One thing that `npm test` does. */
export interface Step {
  readonly name: string;
  /** Run one after the other, each also after one that failed. */
  readonly commands: readonly (readonly string[])[];
  /** A command that runs longer is ended, and has failed. */
  readonly minutes: number;
  /** The command is a mocha that reports its tests; any other step counts as one. */
  readonly suite?: boolean;
  /** The command may print nothing that matches. What it prints is shown only when it failed. */
  readonly mustNotPrint?: RegExp;
  /** It opens windows: it needs this VS Code and a Chromium. */
  readonly cell?: Cell;
  /** What its environment has where the person gave nothing. */
  readonly environment?: Readonly<Record<string, string>>;
  /** It runs what `package` makes. */
  readonly needsPackage?: boolean;
  /** It is left out unless it is named. */
  readonly onlyByName?: boolean;
}

/** Names a step among all: `ui, latest, core-2.0, light`. What is no ui suite differs by the host only. */
export function labelOf({ name, cell }: Step): string {
  if (!cell) return name;
  const { host, generation, themes } = cell;
  return [name, host, ...(name === 'ui' ? [generation, themes.join('+')] : [])].join(', ');
}

/**
 * Runs a step to its end, whatever happens.
 *
 * @param live shows what it prints while it prints; otherwise all of it comes at the end
 */
export async function runStep(step: Step, grep: string | undefined, live: boolean): Promise<Results> {
  const label = labelOf(step);
  const started = Date.now();
  const file = join(out, `results-${label.replaceAll(/[^\w]+/g, '-')}-${process.pid}.json`);
  await mkdir(out, { recursive: true });
  const env = {
    ...step.environment,
    ...process.env,
    ...(step.cell && environmentOf(step.cell)),
    [resultsVariable]: file,
  };
  const options = step.suite && grep !== undefined ? ['--grep', grep] : [];

  const problems: string[] = [];
  for (const command of step.commands) {
    const problem = await runCommand([...command, ...options], step, env, live);
    if (problem !== undefined) problems.push(problem);
  }
  const reported = step.suite ? await readResults(file) : undefined;
  await rm(file, { force: true });
  const results = count(step, reported, problems, grep !== undefined);

  for (const problem of problems) console.log(`${label}: ${problem}`);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${label}: ${results.passed} passed and ${results.failed} failed in ${seconds} s\n`);
  return results;
}

/** A suite that crashed, hung or ran nothing, unless tests were picked, has failed, whatever it reported before. */
function count(step: Step, reported: Results | undefined, problems: string[], picked: boolean): Results {
  if (!step.suite) return problems.length > 0 ? { passed: 0, failed: 1 } : { passed: 1, failed: 0 };
  if (!reported) problems.push('The suite did not report its tests.');
  else if (!picked && reported.passed + reported.failed === 0) problems.push('The suite ran no test.');
  const { passed, failed } = reported ?? { passed: 0, failed: 0 };
  return { passed, failed: failed === 0 && problems.length > 0 ? 1 : failed };
}

/** Undefined when the command succeeded, otherwise why it did not. */
async function runCommand(
  [command = '', ...args]: readonly string[],
  step: Step,
  env: NodeJS.ProcessEnv,
  live: boolean,
): Promise<string | undefined> {
  const started = startProcess(command, args, { env, show: live && step.mustNotPrint === undefined });
  const printed = collect(started);
  const timeout = AbortSignal.timeout(step.minutes * 60_000);
  timeout.addEventListener('abort', () => void started.stop());
  const code = await started.exited;

  const unwanted = step.mustNotPrint?.test(printed()) ?? false;
  if (code !== 0 || unwanted || step.mustNotPrint === undefined) process.stdout.write(printed());
  if (timeout.aborted) return `It did not end within ${step.minutes} minutes.`;
  if (code !== 0) return `It ended with code ${code}.`;
  return unwanted ? 'It warned.' : undefined;
}

function collect({ stdout, stderr }: GuardedProcess): () => string {
  let text = '';
  for (const stream of [stdout, stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return () => text;
}
