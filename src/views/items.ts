import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { countOf, formatCount } from '../jobs/counts';
import { stateLabel } from '../jobs/format';
import type { JobState } from '../jobs/job';
import { formatNumber, plural } from '../jobs/language';
import { connectionDescription, timeOf } from './connectionText';
import { jobItem } from './jobItem';
import type { ConnectionNode, GroupNode, MoreNode, Node, NoticeNode } from './nodes';

const { t } = vscode.l10n;

const groupIcons: Record<JobState, string> = {
  running: 'play-circle',
  waiting: 'watch',
  canceling: 'stop-circle',
  failed: 'error',
  canceled: 'circle-slash',
  completed: 'pass',
  other: 'question',
};

/** The row of a node. `shown` is the number of rows of its group that are to be seen. */
export function treeItem(node: Node, shown: number): vscode.TreeItem {
  switch (node.kind) {
    case 'connection':
      return connectionItem(node);
    case 'group':
      return groupItem(node, shown);
    case 'job':
      return jobItem(node);
    case 'more':
      return moreItem(node, shown);
    case 'notice':
      return noticeItem(node);
  }
}

function connectionItem({ id, session }: ConnectionNode): vscode.TreeItem {
  const { profile, state } = session;
  const { kind } = state.status;
  const item = new vscode.TreeItem(profile.name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = id;
  const parts = [profile.label, connectionDescription(session)].filter((part) => part !== undefined);
  item.description = parts.join(' · ');
  item.iconPath = new vscode.ThemeIcon(
    connectionIcon(kind),
    // One that is off looks off.
    profile.color && kind !== 'off' ? colorOf(profile.color) : undefined,
  );
  item.contextValue = ['connection', profile.id === 'demo' ? 'demo' : 'own', kind].join(';');
  item.accessibilityInformation = { label: [profile.name, ...parts].join(', ') };
  return item;
}

function connectionIcon(kind: Session['state']['status']['kind']): string {
  if (kind === 'signInNeeded') return 'key';
  if (kind === 'off') return 'circle-slash';
  return kind === 'stale' ? 'warning' : 'server-environment';
}

function colorOf(color: NonNullable<Session['profile']['color']>): vscode.ThemeColor {
  return new vscode.ThemeColor(`charts.${color}`);
}

function groupItem({ id, session, group }: GroupNode, shown: number): vscode.TreeItem {
  const { TreeItemCollapsibleState: collapsible } = vscode;
  const count = shownOf(session, group, shown);
  const open = group === 'running' || group === 'waiting' || group === 'canceling';
  const item = new vscode.TreeItem(stateLabel(group), open ? collapsible.Expanded : collapsible.Collapsed);
  item.id = id;
  item.description = count;
  item.iconPath = new vscode.ThemeIcon(groupIcons[group]);
  item.contextValue = `group;${group}`;
  const spoken = {
    one: (n: string) => t('{0}, {1} job', stateLabel(group), n),
    other: (n: string) => t('{0}, {1} jobs', stateLabel(group), n),
  };
  const { count: jobs } = countOf(session.state.groups[group]);
  item.accessibilityInformation = { label: count === '' ? stateLabel(group) : plural(jobs, spoken, count) };
  return item;
}

/** The count of a group; with how many of them are to be seen, when that isn't all: "50 of 10,000". */
function shownOf(session: Session, group: JobState, shown: number): string {
  const count = countOf(session.state.groups[group]);
  const all = formatCount(count);
  return shown === 0 || shown >= count.count ? all : t('{0} of {1}', formatNumber(shown), all);
}

function moreItem(node: MoreNode, shown: number): vscode.TreeItem {
  const { id, session, group } = node;
  const { lookedBackTo } = session.state.groups[group];
  const item = new vscode.TreeItem(t('Load more ({0})', shownOf(session, group, shown)));
  if (lookedBackTo) item.description = t('looked back to {0}', timeOf(lookedBackTo.getTime()));
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.contextValue = 'more';
  item.command = {
    command: 'collibraJobs.loadMore',
    title: t('Load More'),
    arguments: [node],
  };
  return item;
}

function noticeItem(node: NoticeNode): vscode.TreeItem {
  const { id, text, command } = node;
  const item = new vscode.TreeItem(text);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon(command === undefined ? 'info' : 'arrow-right');
  item.contextValue = 'notice';
  item.tooltip = text;
  if (command !== undefined) item.command = { command, title: text, arguments: [node] };
  return item;
}
