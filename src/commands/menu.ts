import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Job } from '../jobs/job';
import { formatNumber } from '../jobs/language';
import { activeJobs } from '../jobs/state';
import { connectionDescription } from '../views/connectionText';
import { jobPick } from '../views/jobPick';
import { plain } from '../views/notifications';
import type { CommandContext } from './context';
import { requireConnection } from './target';

const { t } = vscode.l10n;
/** Jobs of a kind that are listed, at most. */
const most = 30;

interface Item extends vscode.QuickPickItem {
  /** What it is about, and what a press of Enter does. */
  readonly command?: string;
  readonly argument?: unknown;
}

interface Button extends vscode.QuickInputButton {
  readonly command: string;
}

/**
 * What goes on, at hand from the status bar: jobs that failed since the last look, active jobs with what can be done
 * with each, connections, commands.
 */
export function showMenu({ sessions, news }: CommandContext): void {
  requireConnection(sessions);
  const pick = vscode.window.createQuickPick<Item>();
  pick.placeholder = t('Active jobs, connections and commands');
  pick.matchOnDescription = true;
  pick.items = itemsOf(sessions.all, (session) => news.of(session).jobs);
  // Rows would jump under the hand: what is shown is as of now, and Refresh is in the list.
  pick.onDidAccept(() => {
    const [item] = pick.activeItems;
    pick.hide();
    if (item?.command !== undefined) run(item.command, item.argument);
  });
  pick.onDidTriggerItemButton(({ item, button }) => {
    pick.hide();
    run((button as Button).command, item.argument);
  });
  pick.onDidHide(() => pick.dispose());
  pick.show();
  news.seen();
}

function run(command: string, argument: unknown): void {
  void vscode.commands.executeCommand(command, ...(argument === undefined ? [] : [argument]));
}

function itemsOf(all: readonly Session[], failed: (session: Session) => readonly Job[]): Item[] {
  const items = (jobs: (session: Session) => readonly Job[]) =>
    all.flatMap((session) => jobs(session).map((job) => jobItem(session, job, all.length > 1)));
  const active = items(({ state }) => activeJobs(state));
  const failures = items(failed);
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const command = (icon: string, label: string, id: string): Item => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    command: `collibraJobs.${id}`,
  });
  return [
    ...(failures.length > 0 ? [separator(t('Failed since you looked')), ...upTo(failures)] : []),
    separator(t('Active jobs')),
    ...upTo(active),
    ...(active.length === 0 ? [{ label: t('No job is running or waiting.') }] : []),
    separator(t('Connections')),
    ...all.map((session) => ({
      label: plain(session.markedName),
      iconPath: new vscode.ThemeIcon('server-environment'),
      description: connectionDescription(session),
      command:
        session.state.status.kind === 'signInNeeded' ? 'collibraJobs.signIn' : 'collibraJobs.jobs.focus',
      argument: session.state.status.kind === 'signInNeeded' ? { connection: session.id } : undefined,
    })),
    separator(t('Commands')),
    command('list-tree', t('Show the panel'), 'jobs.focus'),
    command('refresh', t('Refresh'), 'refresh'),
    command('search', t('Find job…'), 'findJob'),
    command('filter', t('Filter jobs…'), 'filter'),
    command('plug', t('Connect…'), 'connect'),
  ];
}

/** What is left out is said. */
function upTo(items: readonly Item[]): readonly Item[] {
  const left = items.length - most;
  const rest = { label: t('{0} more in the panel', formatNumber(left)), command: 'collibraJobs.jobs.focus' };
  return left > 0 ? [...items.slice(0, most), rest] : items;
}

function jobItem(session: Session, job: Job, several: boolean): Item {
  const button = (icon: string, tooltip: string, id: string): Button => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
    command: `collibraJobs.${id}`,
  });
  const { label, description, iconPath } = jobPick(session, job);
  return {
    label,
    iconPath,
    description: several ? `${description} · ${plain(session.shortName)}` : description,
    command: 'collibraJobs.openDetails',
    // As a row of the tree, so that a failure is told.
    argument: { kind: 'job', id: job.id, session, job },
    buttons: [
      ...(session.refusal(job) === undefined ? [button('stop-circle', t('Cancel Job…'), 'cancel')] : []),
      button('link-external', t('Open in Collibra'), 'openInCollibra'),
      button('copy', t('Copy Job ID'), 'copyId'),
    ],
  };
}
