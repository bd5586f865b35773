import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { JobState } from '../jobs/job';
import type { JobsTree } from './jobsTree';
import type { Node } from './nodes';

/** The tree of jobs, which is loaded when somebody sees it: most windows never show it. */
export class LazyTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly repaints = new vscode.EventEmitter<Node | Node[] | undefined>();
  readonly onDidChangeTreeData = this.repaints.event;
  private loading?: Promise<JobsTree>;
  private tree?: JobsTree;
  private visible = false;

  constructor(private readonly make: () => Promise<JobsTree>) {}

  setVisible(visible: boolean): void {
    this.visible = visible;
    this.tree?.setVisible(visible);
  }

  setExpanded(node: Node, open: boolean): void {
    this.tree?.setExpanded(node, open);
  }

  async showMore(session: Session, group: JobState): Promise<void> {
    await (await this.load()).showMore(session, group);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    return (await this.load()).getChildren(node);
  }

  async getTreeItem(node: Node): Promise<vscode.TreeItem> {
    return (await this.load()).getTreeItem(node);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: Node): Promise<vscode.TreeItem> {
    return (await this.load()).resolveTreeItem(item, node);
  }

  getParent(node: Node): Node | undefined {
    return this.tree?.getParent(node);
  }

  dispose(): void {
    void this.loading?.then((tree) => tree.dispose());
    this.repaints.dispose();
  }

  private load(): Promise<JobsTree> {
    return (this.loading ??= this.make().then((tree) => {
      tree.onDidChangeTreeData((nodes) => this.repaints.fire(nodes));
      tree.setVisible(this.visible);
      return (this.tree = tree);
    }));
  }
}
