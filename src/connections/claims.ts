import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** How long a claim is remembered, ms: nothing older is told. */
const lasting = 30 * 24 * 3_600_000;

/**
 * What is done once by all windows of this machine, and never again after a restart: each claim is an empty file in
 * the extension's own folder, which only the first can make.
 */
export class Claims {
  /** Claims for which no file could be made. */
  private readonly own = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** Whether nobody has claimed this before. Where files can't be written, each window is the first, once. */
  claim(what: string): boolean {
    const name = createHash('sha256').update(what).digest('hex');
    const file = join(this.folder, name);
    try {
      mkdirSync(this.folder, { recursive: true });
      writeFileSync(file, '', { flag: 'wx' });
      return true;
    } catch {
      if (existsSync(file) || this.own.has(name)) return false;
      this.own.add(name);
      return true;
    }
  }

  /** Forgets what was claimed long ago. */
  async tidy(): Promise<void> {
    try {
      for (const name of await readdir(this.folder)) {
        const file = join(this.folder, name);
        if (this.now() - (await stat(file)).mtimeMs > lasting) await rm(file, { force: true });
      }
    } catch {
      // There is no folder yet, or another window tidies.
    }
  }
}
