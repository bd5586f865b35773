/** Does its task in the extension host of a window that VS Code opened for tests. */
import { readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { performance } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { CollibraJobs } from '../../../src/extension';
import { apply } from './apply';
import { churn } from './churn';
import { countReads, countRequests } from './counters';
import { type Answer, answerFile, type Counted, type Task, taskFile } from './protocol';

export async function run(): Promise<void> {
  const task = JSON.parse(await readFile(join(__dirname, taskFile), 'utf8')) as Task;
  const answer = await perform(task).catch((error: unknown): Answer => {
    return { kind: 'error', error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  });
  await writeFile(join(__dirname, answerFile), JSON.stringify(answer));
}

async function perform(task: Task): Promise<Answer> {
  if (task.kind === 'connect') {
    const { url, token } = task;
    const auth = { kind: 'bearer', token };
    await vscode.commands.executeCommand('collibraJobs.connect', { url, auth, name: 'Bench' });
    return { kind: 'connect' };
  }
  if (task.kind === 'apply') return { kind: 'apply', ...(await apply()) };
  if (task.kind === 'churn') return { kind: 'churn', ...(await churn(task.url)) };
  await calm();
  if (task.kind === 'time') {
    const times = await inTurn(task.extensions, async (extension) => {
      const start = performance.now();
      await extension.activate();
      return performance.now() - start;
    });
    return { kind: 'time', times };
  }
  return { kind: 'count', counted: await inTurn(task.extensions, count) };
}

/** Each extension has the host to itself: the next one waits until what the one before started has ended. */
async function inTurn<T>(
  ids: readonly string[],
  work: (extension: vscode.Extension<unknown>) => Promise<T>,
): Promise<Record<string, T>> {
  const results: Record<string, T> = {};
  for (const id of ids) {
    const extension = vscode.extensions.getExtension<unknown>(id);
    if (!extension) throw new Error(`${id} is not installed.`);
    if (extension.isActive) throw new Error(`${id} is active before its turn.`);
    results[id] = await work(extension);
    await untilReady(extension.exports);
    await calm();
  }
  return results;
}

async function count(extension: vscode.Extension<unknown>): Promise<Counted> {
  const requests = countRequests();
  const reads = countReads(extension.extensionPath + sep);
  const began = now();
  await extension.activate();
  const ended = now();
  return { requests: requests.stop(), reads: reads.stop(), began, ended };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

/** The product asks once it is active; the connection that is stored makes it. Any other extension is ready at once. */
async function untilReady(exports: unknown): Promise<void> {
  const api = exports as CollibraJobs | undefined;
  if (api === undefined) return;
  const ready = () => api.snapshot().some(({ status }) => status === 'ready');
  if (ready()) return;
  await new Promise<void>((resolve) => {
    const subscription = api.onDidChange(() => {
      if (!ready()) return;
      subscription.dispose();
      resolve();
    });
  });
}

/**
 * Waits until the extension host was idle for a quarter of a second and the window answers it at once. Nothing tells
 * when that begins; on a machine that is never calm it is no longer waited for after 20 seconds.
 */
async function calm(): Promise<void> {
  const until = performance.now() + 20_000;
  while (performance.now() < until) {
    const before = performance.eventLoopUtilization();
    const answers = [await answerTime()];
    await new Promise((resolve) => setTimeout(resolve, 250));
    const { utilization } = performance.eventLoopUtilization(before);
    answers.push(await answerTime(), await answerTime());
    if (utilization < 0.05 && Math.max(...answers) < 10) return;
  }
}

/** How long the window needs to answer the extension host, ms. */
async function answerTime(): Promise<number> {
  const start = performance.now();
  await vscode.commands.executeCommand('setContext', 'bench.calm', true);
  return performance.now() - start;
}
