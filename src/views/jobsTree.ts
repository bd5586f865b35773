import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { SessionChange, Sessions } from '../connections/sessions';
import { isBare, shownGroups } from '../jobs/counts';
import { nothingOf, type Nothing } from './around';
import { hasMore } from '../jobs/group';
import { activeStates, finishedStates, type Job, type JobState } from '../jobs/job';
import { connectionDescription } from './connectionText';
import { treeItem } from './items';
import { jobDescription } from './jobItem';
import type { ConnectionNode, GroupNode, JobNode, MoreNode, Node, NoticeNode } from './nodes';
import { isAbort, messageOf } from '../jobs/failure';

const { t } = vscode.l10n;

/** How often rows of active jobs are looked at for an age that changed, ms. Nothing is asked for it. */
const tick = 5000;
/** How long a tooltip waits for the names of people, ms. */
const patience = 1500;

/**
 * The jobs of all connections, grouped by state. It repaints only what the stores say has changed, and hands out
 * the same object for the same row, so that expansion and selection survive.
 */
export class JobsTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly repaints = new vscode.EventEmitter<Node | Node[] | undefined>();
  readonly onDidChangeTreeData = this.repaints.event;
  private readonly nodes = new Map<string, Node>();
  /** Ids of the groups that VS Code was given for a session. */
  private readonly handedOut = new WeakMap<Session, readonly string[]>();
  /** Rows that were handed out for a group, by the group's id. */
  private readonly rows = new Map<string, JobNode[]>();
  /** Rows that a group shows at most; grows with "Load more". */
  private readonly limits = new Map<string, number>();
  /** Groups whose rows are to be seen, by id. */
  private readonly expanded = new Set<string>();
  private readonly descriptions = new Map<string, string>();
  /** Why a group could not be read, by its id, and as of which good refresh. */
  private readonly failures = new Map<string, { readonly reason: string; readonly lastGood?: number }>();
  private readonly subscriptions: vscode.Disposable[];
  private ticker?: NodeJS.Timeout;

  constructor(
    private readonly sessions: Pick<Sessions, 'all' | 'onDidChange' | 'onDidChangeList'>,
    private readonly pageSize: () => number,
  ) {
    this.subscriptions = [
      sessions.onDidChange((change) => this.repaint(change)),
      sessions.onDidChangeList(() => {
        for (const node of this.nodes.values()) if (!sessions.all.includes(node.session)) this.drop(node);
        this.repaints.fire(undefined);
      }),
    ];
  }

  /** Ages tick only while somebody can see them. */
  setVisible(visible: boolean): void {
    clearInterval(this.ticker);
    if (visible) this.ticker = setInterval(() => this.repaintAges(), tick);
  }

  /** A group was opened or closed by the person. */
  setExpanded(node: Node, open: boolean): void {
    if (node.kind !== 'group') return;
    const before = this.getTreeItem(node).description;
    node.session.lookAt(node.group, open);
    if (open) this.expanded.add(node.id);
    else this.expanded.delete(node.id);
    if (this.getTreeItem(node).description !== before) this.repaints.fire(node);
  }

  /** Shows the next page of a group, reading it when it isn't known. */
  async showMore(session: Session, group: JobState): Promise<void> {
    const node = this.groupNode(session, group);
    const limit = this.limit(node) + this.pageSize();
    const known = session.state.groups[group];
    if (known.jobs.length < limit && hasMore(known)) await session.loadMore(group);
    this.limits.set(node.id, limit);
    this.repaints.fire(node);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    if (node.kind === 'connection') this.descriptions.set(node.id, connectionDescription(node.session));
    if (node.kind === 'job') this.descriptions.set(node.id, jobDescription(node.session, node.job));
    return treeItem(node, node.kind === 'more' || node.kind === 'group' ? this.shown(node) : 0);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    const { session } = node;
    if (node.kind !== 'job' && node.kind !== 'connection') return item;
    const { jobTooltip, connectionTooltip } = await import('./tooltips');
    if (node.kind === 'job') {
      const names = await soon(session.names(node.job));
      item.tooltip = jobTooltip(session, node.job, names ?? {});
    } else {
      const me =
        session.state.status.kind === 'ready' ? await soon(session.me().catch(() => undefined)) : undefined;
      item.tooltip = connectionTooltip(session, me?.name);
    }
    return item;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (!node) {
      const { all } = this.sessions;
      const [only] = all;
      if (all.length === 1 && only) return this.handOut(only);
      return all.map((session) => this.connectionNode(session));
    }
    if (node.kind === 'connection') return this.handOut(node.session);
    if (node.kind === 'group') return this.jobs(node);
    return [];
  }

  getParent(node: Node): Node | undefined {
    const { session } = node;
    if (node.kind === 'job') return this.groupNode(session, session.store.groupOf(node.job));
    if (node.kind === 'more') return this.groupNode(session, node.group);
    return node.kind === 'group' && this.sessions.all.length > 1 ? this.connectionNode(session) : undefined;
  }

  dispose(): void {
    clearInterval(this.ticker);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.repaints.dispose();
  }

  private handOut(session: Session): Node[] {
    const groups = this.groups(session);
    this.handedOut.set(
      session,
      groups.map(({ id }) => id),
    );
    return groups;
  }

  /** Lets go of a row, and of those below it. */
  private drop(node: Node): void {
    if (node.kind === 'group') {
      this.forget(node.id, []);
      this.rows.delete(node.id);
      this.expanded.delete(node.id);
      this.nodes.delete(`${node.id}/more`);
    }
    this.nodes.delete(node.id);
    this.descriptions.delete(node.id);
  }

  private groups(session: Session): Node[] {
    // Before the first answer there is nothing to count; the view's message says what is going on.
    const bare = isBare(session.state);
    if (bare && (session.lastGood === undefined || nothingOf(session))) return this.wayOut(session);
    return shownGroups(session.state, session.filter.states).map((group) => this.groupNode(session, group));
  }

  /** What to do about a connection without jobs, where it has a node of its own; the view's welcome says it otherwise. */
  private wayOut(session: Session): Node[] {
    if (this.sessions.all.length < 2) return [];
    const kind = nothingOf(session);
    if (!kind) return [];
    const [text, command] = ways()[kind];
    return [this.keep({ kind: 'notice', id: `${session.id}/${kind}`, session, text, command })];
  }

  private async jobs(node: GroupNode): Promise<Node[]> {
    const { session, group } = node;
    this.expanded.add(node.id);
    const finished = group === 'failed' || group === 'canceled' || group === 'completed';
    const notice = finished ? await this.openGroup(node) : undefined;
    const known = session.state.groups[group];
    const { jobs, total } = known;
    const limit = this.limit(node);
    const rows = jobs.slice(0, limit).map((job) => this.jobNode(session, job));
    this.forget(node.id, rows);
    if (jobs.length > limit || hasMore(known))
      return [...rows, this.keep({ kind: 'more', id: `${node.id}/more`, session, group })];
    if (notice !== undefined) return [...rows, this.notice(node, notice)];
    const cut = isActiveGroup(group) && total === undefined && rows.length > 0;
    return cut ? [...rows, this.notice(node, t('Older jobs are not followed'))] : rows;
  }

  /** Reads the group's first page. Answers why it failed; it isn't tried again before a refresh succeeded. */
  private async openGroup(node: GroupNode): Promise<string | undefined> {
    const { id, session, group } = node;
    if (session.state.groups[group].opened) return undefined;
    const failed = this.failures.get(id);
    if (failed && failed.lastGood === session.lastGood) return failed.reason;
    this.failures.delete(id);
    this.limits.delete(id);
    try {
      await session.openGroup(group);
      return undefined;
    } catch (error) {
      // Other jobs are wanted meanwhile: what was given up says nothing of them.
      if (isAbort(error) && this.sessions.all.includes(node.session)) return this.openGroup(node);
      const reason = messageOf(error);
      this.failures.set(id, { reason, lastGood: session.lastGood });
      return reason;
    }
  }

  private notice({ id, session }: GroupNode, text: string): NoticeNode {
    return { kind: 'notice', id: `${id}/notice`, session, text };
  }

  /** How many rows of a group are to be seen. */
  private shown(node: GroupNode | MoreNode): number {
    const { jobs, opened } = node.session.state.groups[node.group];
    // Until a finished group was read it has only what refreshes brought.
    if (node.kind === 'group' && !(opened && this.expanded.has(node.id))) return 0;
    return Math.min(this.limit(node), jobs.length);
  }

  private limit(node: { readonly session: Session; readonly group: JobState }): number {
    return this.limits.get(groupId(node.session, node.group)) ?? this.pageSize();
  }

  private repaint({ session, change }: SessionChange): void {
    const parent = this.sessions.all.length > 1 ? this.connectionNode(session) : undefined;
    const groups = this.groups(session).map(({ id }) => id);
    const shown = this.handedOut.get(session) ?? [];
    const same = groups.length === shown.length && groups.every((id, at) => id === shown[at]);
    if (!same) {
      for (const id of shown) {
        const node = this.nodes.get(id);
        if (node && !groups.includes(id)) this.drop(node);
      }
      this.repaints.fire(parent);
      return;
    }
    const jobs = change.jobs.flatMap((job) => {
      const node = this.nodes.get(jobId(session, job));
      if (node?.kind !== 'job') return [];
      node.job = job;
      return [node];
    });
    const moved: Node[] = [...change.groups]
      .map((group) => this.groupNode(session, group))
      .filter(({ id }) => groups.includes(id));
    if (change.status) moved.push(...this.readable(session).filter((node) => !moved.includes(node)));
    // A row that moves between groups is shown twice unless both are repainted at once.
    const repainted = [...moved, ...jobs];
    const described = parent && this.descriptions.get(parent.id) === connectionDescription(session);
    if (parent && (change.status || !described)) repainted.push(parent);
    if (repainted.length > 0) this.repaints.fire(repainted);
  }

  private repaintAges(): void {
    const changed = [...this.nodes.values()].filter(
      (node) =>
        (node.kind === 'job' && this.descriptions.get(node.id) !== jobDescription(node.session, node.job)) ||
        (node.kind === 'connection' &&
          this.descriptions.get(node.id) !== connectionDescription(node.session)),
    );
    const again = this.sessions.all.flatMap((session) => this.readable(session));
    if (changed.length + again.length > 0) this.repaints.fire([...changed, ...again]);
  }

  /** The groups in sight that could not be read, but may now that a refresh has succeeded. */
  private readable(session: Session): GroupNode[] {
    return finishedStates
      .map((group) => this.groupNode(session, group))
      .filter(({ id }) => {
        const failed = this.failures.get(id);
        return failed && this.expanded.has(id) && failed.lastGood !== session.lastGood;
      });
  }

  /** Lets go of the rows that a group no longer shows, unless another group took them over. */
  private forget(id: string, rows: JobNode[]): void {
    for (const node of this.rows.get(id) ?? []) {
      if (rows.includes(node) || groupId(node.session, node.session.store.groupOf(node.job)) !== id) continue;
      this.nodes.delete(node.id);
      this.descriptions.delete(node.id);
    }
    this.rows.set(id, rows);
  }

  private connectionNode(session: Session): ConnectionNode {
    return this.keep({ kind: 'connection', id: session.id, session });
  }

  private groupNode(session: Session, group: JobState): GroupNode {
    return this.keep({ kind: 'group', id: groupId(session, group), session, group });
  }

  private jobNode(session: Session, job: Job): JobNode {
    const node = this.keep<JobNode>({ kind: 'job', id: jobId(session, job), session, job });
    node.job = job;
    return node;
  }

  /** The object that was handed out before, or this one from now on. */
  private keep<T extends Node>(node: T): T {
    const known = this.nodes.get(node.id);
    if (known) return known as T;
    this.nodes.set(node.id, node);
    return node;
  }
}

/** What comes while somebody waits for a tooltip; undefined when it takes longer. */
async function soon<T>(wanted: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), patience)));
  try {
    return await Promise.race([wanted, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isActiveGroup(group: JobState): boolean {
  return (activeStates as readonly JobState[]).includes(group);
}

function groupId(session: Session, group: JobState): string {
  return `${session.id}/${group}`;
}

function jobId(session: Session, job: Job): string {
  return `${session.id}/job/${job.id}`;
}

/** What is said, and done by a click, where a connection has no rows. */
function ways(): Record<Nothing, readonly [text: string, command?: string]> {
  return {
    signInNeeded: [t('Sign in…'), 'collibraJobs.signIn'],
    off: [t('Switch on'), 'collibraJobs.switchOn'],
    offline: [t('Check connection'), 'collibraJobs.checkConnection'],
    filtered: [t('No job matches the filter. Clear it'), 'collibraJobs.clearFilter'],
    empty: [t('No jobs yet')],
  };
}
