import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { root } from './paths';

export interface ProcessOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Shows what the command prints; otherwise it can be read from `stdout` and `stderr`. */
  readonly show?: boolean;
}

/** A command whose whole process group ends with it, with `stop`, and with this process. */
export interface GuardedProcess {
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

const running = new Set<GuardedProcess>();

export function startProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): GuardedProcess {
  const output = options.show ? 'inherit' : 'pipe';
  // A group of its own: Ctrl-C in the terminal reaches this process only, which then stops things in order.
  const guard = spawn(process.execPath, [join(root, 'test/host/guard.mjs'), command, ...args], {
    cwd: options.cwd ?? root,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['pipe', output, output],
  }) as ChildProcessByStdio<Writable, Readable | null, Readable | null>;
  const exited = new Promise<number>((resolve, reject) => {
    guard.once('error', reject);
    guard.once('close', (code) => resolve(code ?? 1));
  });
  const started: GuardedProcess = {
    stdout: guard.stdout,
    stderr: guard.stderr,
    exited,
    stop: async () => {
      guard.stdin.end();
      await exited;
    },
  };
  running.add(started);
  const forget = () => running.delete(started);
  exited.then(forget, forget);
  return started;
}

/** Ends everything that was started and still runs. */
export async function stopProcesses(): Promise<void> {
  await Promise.allSettled([...running].map((started) => started.stop()));
}

/** Runs a command to its end and returns what it printed. Rejects with the end of that when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: Omit<ProcessOptions, 'show'> = {},
): Promise<string> {
  const started = startProcess(command, args, options);
  let printed = '';
  for (const stream of [started.stdout, started.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }
  const code = await started.exited;
  if (code === 0) return printed;
  const end = printed.trim().split('\n').slice(-60).join('\n');
  throw new Error(`${[command, ...args].join(' ')} failed with code ${code}${end ? `:\n${end}` : ''}`);
}

let terminating = false;

/** Whether this process is on its way out because it was told to. */
export function isTerminating(): boolean {
  return terminating;
}

/** Runs `stop` once and then leaves, when a person, the system or the end of the parent says so. */
export function onTermination(stop: () => Promise<void>): void {
  const leave = (code: number) => {
    if (terminating) return;
    terminating = true;
    void stop().finally(() => process.exit(code));
  };
  process.on('SIGINT', () => leave(130));
  process.on('SIGTERM', () => leave(143));
  process.on('SIGHUP', () => leave(129));
  // No signal tells that the parent was killed; its number changes.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && leave(143), 1000).unref();
}
