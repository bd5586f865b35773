/**
 * Runs a command in a process group of its own and ends the whole group when the command ends, when this
 * process is told to, or when whoever started it is gone: standard input is a pipe that the starter holds open,
 * and the system closes it however the starter ends. Usage: node guard.mjs command [argument…]
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

const grace = 3000;
const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

/** Sends to the group. False: nobody is left in it. */
function send(signal) {
  try {
    process.kill(-child.pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function endGroup() {
  if (child.pid === undefined) return;
  let left = send('SIGTERM');
  for (const end = Date.now() + grace; left && Date.now() < end; left = send(0)) await delay(30);
  send('SIGKILL');
}

const exited = new Promise((resolve) => {
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`);
    resolve(127);
  });
  child.once('exit', (code) => resolve(code ?? 1));
});

const told = new Promise((resolve) => {
  process.stdin.resume().once('close', resolve);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
});

const code = await Promise.race([exited, told.then(() => 143)]);
await endGroup();
process.exit(code);
