import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How long one window waits before it looks again whether another one has finished, ms. */
const wait = 50;
/** No first request takes as long, even with a token and its renewal: who holds the turn that long has died, ms. */
const longestTurn = 150_000;

/**
 * What the windows of this machine tell each other of secrets that were refused, so that none sends a wrong one a
 * second time. VS Code doesn't share its secrets between all kinds of windows; files of the extension it does.
 * The files are empty and stay, as some window may still know the secret; it goes by the stamp that it got when it
 * was stored.
 */
export class Refusals {
  /** `folder` is made when it is first written to. */
  constructor(private readonly folder: string) {}

  has(stamp: string): boolean {
    return existsSync(this.file('refused', stamp));
  }

  /** Known to every window once it returns. */
  add(stamp: string): void {
    this.write(this.file('refused', stamp), '');
  }

  /** Runs the work while no other window does so for the same account. */
  async alone<T>(account: string, work: () => Promise<T>): Promise<T> {
    const file = this.file('turns', createHash('sha256').update(account).digest('hex'));
    const mine = `${process.pid} ${randomUUID()}`;
    while (!this.take(file, mine)) await pause(wait);
    try {
      return await work();
    } finally {
      // Another window may have taken us for dead, and has the turn now.
      if (ownerOf(file) === mine) remove(file);
    }
  }

  /** True once the turn is ours. Where files can't be written, everybody is alone. */
  private take(file: string, mine: string): boolean {
    try {
      this.write(file, mine, 'wx');
      return true;
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') return true;
    }
    // What can't be removed would keep everybody waiting for ever.
    return isAbandoned(file) && !remove(file);
  }

  private write(file: string, content: string, flag = 'w'): void {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content, { flag });
  }

  private file(kind: 'refused' | 'turns', name: string): string {
    return join(this.folder, kind, name);
  }
}

/** False when the file can't be removed. */
function remove(file: string): boolean {
  try {
    rmSync(file, { force: true });
    return true;
  } catch {
    return false;
  }
}

/** Undefined when there is no such file. */
function ownerOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isAbandoned(file: string): boolean {
  try {
    if (Date.now() - statSync(file).mtimeMs > longestTurn) return true;
    const owner = parseInt(readFileSync(file, 'utf8'), 10);
    // Empty for a moment, while its owner writes it.
    if (!(owner > 0)) return false;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return (error as { code?: string }).code === 'ESRCH';
  }
}
