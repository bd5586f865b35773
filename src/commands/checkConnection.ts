import * as vscode from 'vscode';
import type { Check, Findings } from '../api/check';
import type { OpenOptions } from '../api/open';
import { parseAddress } from '../connections/address';
import { markedName, type Profile } from '../connections/profile';
import { isFailure } from '../jobs/failure';
import { documentOf } from '../views/documents';
import type { CommandContext } from './context';
import { targetSession } from './target';

const { t } = vscode.l10n;

/** Explains step by step what works of a connection and what doesn't, as a document to read or to send. */
export async function checkConnection({ sessions }: CommandContext, argument?: unknown): Promise<void> {
  const session = await targetSession(sessions, argument, t('Check which connection?'));
  if (!session) return;
  let given: OpenOptions;
  try {
    given = await session.given();
  } catch (error) {
    if (!isFailure(error)) throw error;
    const check =
      error.kind === 'off' ? 'reachable' : error.kind === 'signInNeeded' ? 'signIn' : 'certificate';
    const findings = { [check]: { outcome: 'failed', text: error.message } } as const;
    await show(session.profile, findings, t('Nothing was sent.'));
    return;
  }
  await showCheck(session.profile, given);
}

/** Asks the instance, and shows what was found. */
export async function showCheck(profile: Profile, given: OpenOptions): Promise<void> {
  const title = t('Checking {0}…', profile.name);
  const findings = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title },
    async () => {
      const { checkInstance } = await import('../api/check');
      return checkInstance(given);
    },
  );
  await show(profile, findings, proxySetting());
}

async function show(profile: Profile, findings: Findings, ...notes: string[]): Promise<void> {
  const text = report(profile, findings, notes, new Date());
  const uri = documentOf(`${t('Check of {0}', profile.name)}.md`, text);
  await vscode.window.showTextDocument(uri, { preview: true });
}

const marks = { ok: '✓', warning: '!', failed: '✗' } as const;

function report(profile: Profile, findings: Findings, notes: readonly string[], now: Date): string {
  const { readable, url } = parseAddress(profile.url);
  const address = readable
    ? ({
        outcome: 'warning',
        text: t('{0} is plain http: others can read the secret on the way.', url),
      } as const)
    : ({ outcome: 'ok', text: url } as const);
  const all: Findings = { address, ...findings };
  const lines = Object.entries(labels()).map(([check, label]) => {
    const finding = all[check as Check];
    return finding
      ? `${marks[finding.outcome]} ${t('{0}: {1}', label, finding.text)}`
      : `– ${t('{0}: {1}', label, t('not checked'))}`;
  });
  const version = vscode.extensions.getExtension('collibra-jobs.collibra-jobs')?.packageJSON as
    { readonly version?: string } | undefined;
  const made = t(
    'Made on {0} by Jobs for Collibra {1} in VS Code {2}. It holds no secret.',
    now.toISOString(),
    version?.version ?? '',
    vscode.version,
  );
  return [`# ${t('Check of {0}', markedName(profile))}`, ...lines, ...notes, made, '']
    .map((line) => line.replaceAll(/[\r\n]+/g, ' '))
    .join('\n\n');
}

/** What each check is called, in the order in which one depends on the other. */
function labels(): Readonly<Record<Check, string>> {
  return {
    address: t('Address'),
    reachable: t('Reachable'),
    certificate: t('Certificate'),
    proxy: t('Proxy'),
    generation: t('API'),
    signIn: t('Sign-in'),
    whoAmI: t('Who am I'),
    jobs: t('May I list jobs'),
  };
}

/** What VS Code's settings say of a proxy, without its password. */
function proxySetting(): string {
  const proxy = vscode.workspace.getConfiguration('http').get<string>('proxy') ?? '';
  const address = proxy.includes('://') ? proxy : `http://${proxy}`;
  const named = URL.canParse(address) ? new URL(address).host : proxy.replace(/^.*@/, '');
  return named === ''
    ? t('The setting http.proxy is empty; the proxy of your system applies, if there is one.')
    : t('The setting http.proxy names {0}.', named);
}
