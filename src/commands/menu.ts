import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { activeStates, isActive, type Job } from '../jobs/job';
import { connectionDescription } from '../views/connectionText';
import { jobPick } from '../views/jobPick';
import { plain } from '../views/notifications';
import type { CommandContext } from './context';
import { requireConnection } from './target';

const { t } = vscode.l10n;
/** Active jobs that are listed, at most. */
const most = 30;

interface Item extends vscode.QuickPickItem {
  /** What it is about, and what a press of Enter does. */
  readonly command?: string;
  readonly argument?: unknown;
}

interface Button extends vscode.QuickInputButton {
  readonly command: string;
}

/** What goes on, at hand from the status bar: active jobs with what can be done with each, connections, commands. */
export function showMenu({ sessions }: CommandContext): void {
  requireConnection(sessions);
  const pick = vscode.window.createQuickPick<Item>();
  pick.placeholder = t('Active jobs, connections and commands');
  pick.matchOnDescription = true;
  pick.items = itemsOf(sessions.all);
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
}

function run(command: string, argument: unknown): void {
  void vscode.commands.executeCommand(command, ...(argument === undefined ? [] : [argument]));
}

function itemsOf(all: readonly Session[]): Item[] {
  const active = all.flatMap((session) =>
    activeJobs(session).map((job) => jobItem(session, job, all.length > 1)),
  );
  const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const command = (icon: string, label: string, id: string): Item => ({
    label: `$(${icon}) ${label}`,
    command: `collibraJobs.${id}`,
  });
  const left = active.length - most;
  return [
    separator(t('Active jobs')),
    ...active.slice(0, most),
    ...(active.length === 0 ? [{ label: t('No job is running or waiting.') }] : []),
    ...(left > 0 ? [{ label: t('{0} more in the panel', left), command: 'collibraJobs.jobs.focus' }] : []),
    separator(t('Connections')),
    ...all.map((session) => ({
      label: `$(server-environment) ${plain(session.markedName)}`,
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

function activeJobs({ state }: Session): readonly Job[] {
  return [...activeStates, 'other' as const].flatMap((name) => state.groups[name].jobs.filter(isActive));
}

function jobItem(session: Session, job: Job, several: boolean): Item {
  const button = (icon: string, tooltip: string, id: string): Button => ({
    iconPath: new vscode.ThemeIcon(icon),
    tooltip,
    command: `collibraJobs.${id}`,
  });
  const { label, description } = jobPick(session, job);
  return {
    label,
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
