import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { run } from './processes';

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
];

const applications = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const whatToDo = 'Install Chromium, Chrome or Edge, or set CHROME_PATH to the executable of one.';

/** The executable of a Chromium; installs Debian's own where that can be done without asking anybody. */
export async function findChromium(say: (line: string) => void): Promise<string> {
  const found = search();
  if (found) return found;
  if (!isDebian() || process.getuid?.() !== 0) {
    throw new Error(`No Chromium was found on this machine. ${whatToDo}`);
  }
  say('Installing Chromium from the Debian packages (once) …');
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const patient = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3'];
    // In case that an installation was interrupted.
    await run('dpkg', ['--configure', '-a'], { env });
    await run('apt-get', [...patient, 'update'], { env });
    const packages = ['chromium', 'fonts-dejavu-core'];
    await run('apt-get', [...patient, 'install', '-y', '--no-install-recommends', ...packages], { env });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = `Chromium could not be installed from the Debian packages. ${whatToDo} ${reason}`;
    throw new Error(sentence, { cause: error });
  }
  const installed = search();
  if (!installed) throw new Error(`Debian's chromium is installed but was not found. ${whatToDo}`);
  return installed;
}

function search(): string | undefined {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROME_PATH names ${chosen}, which does not exist. ${whatToDo}`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = commands.flatMap((command) => folders.map((folder) => join(folder, command)));
  return [...onPath, ...applications, ...playwrightBrowsers()].find((file) => existsSync(file));
}

/** Browsers that Playwright downloaded, for this version of it or another; the newest first. */
function playwrightBrowsers(): string[] {
  const [, browsers, folder, executable] =
    /^(.*)[\\/](chromium-\d+)[\\/](.*)$/.exec(chromium.executablePath()) ?? [];
  if (!browsers || !folder || !executable || !existsSync(browsers)) return [];
  const others = readdirSync(browsers).filter((name) => /^chromium-\d+$/.test(name));
  return [folder, ...others.sort().reverse()].map((name) => join(browsers, name, executable));
}

function isDebian(): boolean {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID=debian$/m.test(readFileSync(release, 'utf8'));
}
