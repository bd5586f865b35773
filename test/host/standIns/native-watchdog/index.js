import process from 'node:process';
import { setInterval } from 'node:timers';

export function start(pid) {
  const timer = setInterval(() => {
    try {
      process.kill(pid, 0);
    } catch {
      process.exit(87);
    }
  }, 1000);
  timer.unref();
}

export function exit(code) {
  process.exit(code ?? 0);
}
