import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { onTermination, startProcess, stopProcesses } from './processes';
import { calmSettings, writeSettings } from './settings';

export interface DesktopOptions {
  /** The command that opens it. */
  readonly code: string;
  /** Folders of the extensions under development. */
  readonly extensions: readonly string[];
  readonly folder: string;
  readonly home: string;
  readonly say: (line: string) => void;
}

/** Opens the VS Code that is installed, with a profile of its own, and waits until its window is closed. */
export async function openDesktop({ code, extensions, folder, home, say }: DesktopOptions): Promise<void> {
  const userDataDir = join(home, 'desktop');
  const settings = join(userDataDir, 'User/settings.json');
  if (!existsSync(settings)) await writeSettings(settings, calmSettings);

  onTermination(async () => {
    await endWindow(userDataDir);
    await stopProcesses();
  });
  say('Opening VS Code. Ctrl-C ends it.');
  const started = startProcess(
    code,
    [
      ...extensions.map((path) => `--extensionDevelopmentPath=${path}`),
      ...['--user-data-dir', userDataDir, '--extensions-dir', join(home, 'desktop-extensions')],
      ...['--disable-workspace-trust', '--skip-welcome', '--new-window', '--wait', folder],
      // Chromium's own sandbox can't be had by root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
    { show: true },
  );
  process.exitCode = await started.exited;
}

/** `code` starts VS Code apart from itself; the process is told by the lock of its profile. */
async function endWindow(userDataDir: string): Promise<void> {
  const pid = Number(await readFile(join(userDataDir, 'code.lock'), 'utf8').catch(() => ''));
  if (!(pid > 0)) return;
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It was closed before.
  }
}

/** The command of the VS Code that is installed. */
export function findDesktop(): string {
  const command = process.platform === 'win32' ? 'code.cmd' : 'code';
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, command)).find((file) => existsSync(file));
  if (found) return found;
  throw new Error(
    '--desktop needs an installed VS Code whose command "code" is on the PATH; none was found.',
  );
}
