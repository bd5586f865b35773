import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Which of the windows of this machine a person looked at last: that one asks while nobody looks at any. */
export class LastFocus {
  private readonly mine = randomUUID();

  /** `file` is made when a window is first looked at. */
  constructor(private readonly file: string) {}

  /** A person looks at this window now. False when another one was faster. */
  take(flag: 'w' | 'wx' = 'w'): boolean {
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(this.file, this.mine, { flag });
      return true;
    } catch {
      // Where files can't be written, every window takes itself for the last.
      return !existsSync(this.file);
    }
  }

  /** Whether no other window was looked at since; where the last one was closed, the first to ask takes its place. */
  isHere(): boolean {
    try {
      return readFileSync(this.file, 'utf8') === this.mine;
    } catch {
      return this.take('wx');
    }
  }

  /** The window closes: another one asks from now on. */
  dispose(): void {
    if (this.isHere()) rmSync(this.file, { force: true });
  }
}
