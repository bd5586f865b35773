import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Sessions } from '../connections/sessions';
import { isEmpty } from '../jobs/filter';
import { countOf, formatCount } from '../jobs/counts';
import { connectionDescription, isOffline } from './connectionText';

const { t } = vscode.l10n;

/** The running count of all connections, or what keeps it from being known. */
export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly sessions: Pick<Sessions, 'all' | 'onDidChange' | 'onDidChangeList'>) {
    this.item = vscode.window.createStatusBarItem('jobs', vscode.StatusBarAlignment.Left, 0);
    this.item.name = t('Collibra Jobs');
    this.subscriptions = [
      sessions.onDidChange(() => this.update()),
      sessions.onDidChangeList(() => this.update()),
    ];
    this.update();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const { all } = this.sessions;
    const on = all.filter(({ off }) => !off);
    if (on.length === 0) {
      this.item.hide();
      return;
    }
    const { text, spoken } = statusText(on);
    this.item.text = text;
    this.item.accessibilityInformation = { label: spoken };
    this.item.tooltip = tooltip(all);
    const signIn = all.find(({ state }) => state.status.kind === 'signInNeeded');
    this.item.command = signIn
      ? { command: 'collibraJobs.signIn', title: t('Sign In'), arguments: [{ connection: signIn.id }] }
      : 'collibraJobs.jobs.focus';
    this.item.show();
  }
}

function statusText(sessions: readonly Session[]): { text: string; spoken: string } {
  const is = (kind: string) => sessions.some(({ state }) => state.status.kind === kind);
  const ready = sessions.filter(({ state }) => state.status.kind === 'ready');
  const texts: string[] = [];
  const spoken: string[] = [];
  if (ready.length > 0) {
    const running = runningCount(ready);
    // A count of what a filter lets through is no count of all.
    const filtered = ready.some(({ filter }) => !isEmpty(filter));
    texts.push(
      `${running === '0' ? '$(check-all)' : '$(loading~spin)'} ${running}${filtered ? ' $(filter)' : ''}`,
    );
    spoken.push(
      filtered ? t('{0} running among those that are filtered', running) : t('{0} running', running),
    );
  }
  if (is('signInNeeded')) {
    texts.push(`$(key) ${t('sign in')}`);
    spoken.push(t('sign-in needed'));
  }
  const stale = sessions.flatMap(({ state: { status } }) => (status.kind === 'stale' ? status.failure : []));
  if (stale.some(isOffline)) {
    texts.push(`$(debug-disconnect) ${t('offline')}`);
    spoken.push(t('offline'));
  } else if (stale.length > 0) {
    texts.push(`$(warning) ${t('not updated')}`);
    spoken.push(t('not updated'));
  }
  if (texts.length === 0) return { text: '$(loading~spin)', spoken: t('Collibra jobs: loading') };
  return { text: texts.join(' '), spoken: t('Collibra jobs: {0}', spoken.join(', ')) };
}

function runningCount(sessions: readonly Session[]): string {
  const counts = sessions.map(({ state }) => countOf(state.groups.running));
  const count = counts.reduce((sum, each) => sum + each.count, 0);
  return formatCount({ count, exact: counts.every(({ exact }) => exact) }, vscode.env.language) || '0';
}

function tooltip(sessions: readonly Session[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const session of sessions) {
    text.appendText(`${session.markedName}: ${connectionDescription(session)}`).appendMarkdown('  \n');
  }
  return text;
}
