import * as vscode from 'vscode';
import type { News } from '../connections/news';
import type { Session } from '../connections/session';
import type { Sessions } from '../connections/sessions';
import type { Disposable } from '../jobs/emitter';
import { isEmpty } from '../jobs/filter';
import { countOf, formatCount, type Count } from '../jobs/counts';
import { plural } from '../jobs/language';
import { connectionDescription, isOffline } from './connectionText';

const { t } = vscode.l10n;

/** How many jobs run, wait and have failed of late, on all connections, or what keeps that from being known. */
export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: Disposable[];

  constructor(
    private readonly sessions: Pick<Sessions, 'all' | 'onDidChange' | 'onDidChangeList'>,
    private readonly news: Pick<News, 'of' | 'onDidChange'>,
    private readonly hideWhenIdle: () => boolean,
    /** Hears how many jobs failed since the person last looked, and in words. */
    private readonly failed: (count: number, words: string) => void,
  ) {
    this.item = vscode.window.createStatusBarItem('jobs', vscode.StatusBarAlignment.Left, 0);
    this.item.name = t('Collibra Jobs');
    this.subscriptions = [
      sessions.onDidChange(() => this.update()),
      sessions.onDidChangeList(() => this.update()),
      news.onDidChange(() => this.update()),
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
    const each = on.map((session) => this.news.of(session));
    const count = each.reduce((sum, { jobs }) => sum + jobs.length, 0);
    const failures = { count, exact: !each.some(({ more }) => more) };
    this.failed(count, failuresText(failures));
    const { text, spoken, idle } = statusText(on, failures);
    if (on.length === 0 || (idle && this.hideWhenIdle())) {
      this.item.hide();
      return;
    }
    this.item.text = text;
    this.item.accessibilityInformation = { label: spoken };
    this.item.tooltip = tooltip(all);
    this.item.backgroundColor =
      count > 0 ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    // With several connections the menu has the others too.
    const [only, ...more] = all;
    const signIn = only?.state.status.kind === 'signInNeeded' && more.length === 0 ? only : undefined;
    this.item.command = signIn
      ? { command: 'collibraJobs.signIn', title: t('Sign In'), arguments: [{ connection: signIn.id }] }
      : 'collibraJobs.showMenu';
    this.item.show();
  }
}

/** `idle`: there is nothing that anybody has to know. */
function statusText(
  sessions: readonly Session[],
  failures: Count,
): { text: string; spoken: string; idle: boolean } {
  const is = (kind: string) => sessions.some(({ state }) => state.status.kind === kind);
  const ready = sessions.filter(({ state }) => state.status.kind === 'ready');
  let idle = false;
  const texts: string[] = [];
  const spoken: string[] = [];
  if (ready.length > 0) {
    const running = countIn(ready, 'running');
    const waiting = countIn(ready, 'waiting');
    // A count of what a filter lets through is no count of all.
    const filtered = ready.some(({ filter }) => !isEmpty(filter));
    idle =
      running === '0' &&
      waiting === '0' &&
      !filtered &&
      failures.count === 0 &&
      ready.length === sessions.length;
    texts.push(
      `${running === '0' ? '$(check-all)' : '$(loading~spin)'} ${running}`,
      ...(waiting === '0' ? [] : [`$(watch) ${waiting}`]),
      ...(filtered ? ['$(filter)'] : []),
    );
    spoken.push(
      filtered ? t('{0} running among those that are filtered', running) : t('{0} running', running),
      ...(waiting === '0' ? [] : [t('{0} waiting', waiting)]),
    );
  }
  if (failures.count > 0) {
    texts.push(`$(error) ${formatCount(failures)}`);
    spoken.push(failuresText(failures));
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
  if (texts.length === 0) return { text: '$(loading~spin)', spoken: t('Collibra jobs: loading'), idle };
  const all = t('Collibra jobs: {0}', spoken.join(', '));
  return { text: texts.join(' '), spoken: all, idle };
}

function failuresText(failures: Count): string {
  const forms = {
    one: (n: string) => t({ message: '{0} failed since you looked', args: [n], comment: 'one job' }),
    other: (n: string) => t('{0} failed since you looked', n),
  };
  return plural(failures.count, forms, formatCount(failures));
}

function countIn(sessions: readonly Session[], group: 'running' | 'waiting'): string {
  const counts = sessions.map(({ state }) => countOf(state.groups[group]));
  const count = counts.reduce((sum, each) => sum + each.count, 0);
  return formatCount({ count, exact: counts.every(({ exact }) => exact) }) || '0';
}

function tooltip(sessions: readonly Session[]): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  for (const session of sessions) {
    text.appendText(t('{0}: {1}', session.markedName, connectionDescription(session))).appendMarkdown('  \n');
  }
  return text;
}
