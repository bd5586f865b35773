import * as vscode from 'vscode';
import { Session } from '../../../src/connections/session';
import type { SessionChange } from '../../../src/connections/sessions';
import { sessionOptions } from '../../support/session';
import { JobsTree } from '../../../src/views/jobsTree';
import type { Node } from '../../../src/views/nodes';

const nothing = () => undefined;
/** A log that keeps its lines would be taken for a leak. */
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/** The jobs tree over one connection, read as VS Code reads it: all rows of what is open, again at each repaint. */
export class ReadTree {
  readonly session: Session;
  /** Rows of jobs that were read since this was last emptied. */
  readonly read: string[] = [];
  private readonly tree: JobsTree;
  private readonly changes = new vscode.EventEmitter<SessionChange>();
  private reading: Promise<unknown> = Promise.resolve();

  /** `closed` groups aren't read before they are opened. */
  constructor(
    url: string,
    pageSize: number,
    private readonly closed: Set<string>,
  ) {
    this.session = new Session(
      { id: 'bench', name: 'Bench', url, auth: 'bearer', generation: 'core-2.0' },
      sessionOptions({ log: silent, sizes: () => ({ pageSize, budget: 1000 }) }),
    );
    this.session.store.onDidChange((change) => this.changes.fire({ session: this.session, change }));
    const none = new vscode.EventEmitter<void>();
    const sessions = { all: [this.session], onDidChange: this.changes.event, onDidChangeList: none.event };
    this.tree = new JobsTree(sessions, () => pageSize);
    this.tree.onDidChangeTreeData((fired) => {
      const work = async () => {
        if (fired === undefined) await this.readBelow();
        else for (const node of [fired].flat()) await this.readNode(node);
      };
      this.reading = this.reading.then(work);
    });
  }

  /** Opens or closes a group as a click on it does. */
  async click(group: string): Promise<void> {
    const node = await this.groupNode(group);
    const open = this.closed.delete(group);
    if (!open) this.closed.add(group);
    this.tree.setExpanded(node, open);
    await this.readNode(node);
    await this.settled();
  }

  async loadMore(group: string): Promise<void> {
    const node = await this.groupNode(group);
    if (node.kind === 'group') await this.tree.showMore(this.session, node.group);
    await this.settled();
  }

  /** Resolves when all that was fired has been read. */
  async settled(): Promise<void> {
    let last: Promise<unknown>;
    do await (last = this.reading);
    while (last !== this.reading);
  }

  /** Everything anew. */
  async readBelow(node?: Node): Promise<void> {
    for (const child of await this.tree.getChildren(node)) await this.readNode(child);
  }

  dispose(): void {
    this.tree.dispose();
    this.session.dispose();
    this.changes.dispose();
  }

  private async readNode(node: Node): Promise<void> {
    this.tree.getTreeItem(node);
    if (node.kind === 'job') this.read.push(node.job.id);
    if (node.kind === 'group' && !this.closed.has(node.group)) await this.readBelow(node);
  }

  private async groupNode(group: string): Promise<Node> {
    const nodes = await this.tree.getChildren();
    const found = nodes.find((node) => node.kind === 'group' && node.group === group);
    if (!found) throw new Error(`The tree has no group ${group}.`);
    return found;
  }
}
