import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Which of the windows of this machine a person looked at last: that one asks while nobody looks at any. */
export class LastFocus {
  private readonly mine = randomUUID();

  /** `file` is made when a window is first looked at. */
  constructor(private readonly file: string) {}

  /** A person looks at this window now. */
  take(): void {
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(this.file, this.mine);
    } catch {
      // Where files can't be written, every window takes itself for the last.
    }
  }

  /** Whether no other window was looked at since. */
  isHere(): boolean {
    try {
      return readFileSync(this.file, 'utf8') === this.mine;
    } catch {
      return true;
    }
  }
}
