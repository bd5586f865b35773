import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Sessions } from '../connections/sessions';
import { DetailsPanel, pageRoot, showPage } from './panel';
import { viewType, type DetailsMemento } from './protocol';

const { t } = vscode.l10n;

/** The details pages that are open: one for each job. */
export class DetailsPanels implements vscode.Disposable {
  private readonly panels = new Map<string, DetailsPanel>();
  /** Pages from before a reload whose connection isn't there (yet): the demo starts later than the others. */
  private readonly waiting = new Map<vscode.WebviewPanel, DetailsMemento>();
  private readonly visibilities = new vscode.EventEmitter<boolean>();
  /** Whether any details page can be seen. */
  readonly onDidChangeVisibility = this.visibilities.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly sessions: Pick<Sessions, 'onDidChangeList' | 'get'>,
  ) {
    this.subscription = sessions.onDidChangeList(() => {
      // A page whose connection is gone has nothing to follow.
      for (const panel of this.panels.values())
        if (sessions.get(panel.session.id) !== panel.session) panel.dispose();
      for (const [panel, memento] of [...this.waiting]) this.restore(panel, memento);
    });
  }

  /** Opens the page of a job, or brings the one that is open to the front. */
  open(session: Session, id: string): void {
    const existing = this.panels.get(keyOf(session, id));
    if (existing) {
      existing.reveal();
      return;
    }
    const { Active } = vscode.ViewColumn;
    const panel = vscode.window.createWebviewPanel(viewType, '', Active, this.options());
    this.follow(panel, session, id);
  }

  /** Brings back a page that was open before the window was loaded again. */
  restore(panel: vscode.WebviewPanel, kept: unknown): void {
    const memento = parse(kept);
    const session = memento && this.sessions.get(memento.connection);
    if (!memento || (session && this.panels.has(keyOf(session, memento.job)))) {
      panel.dispose();
      return;
    }
    const first = !this.waiting.has(panel);
    panel.webview.options = this.options();
    if (session) {
      this.waiting.delete(panel);
      this.follow(panel, session, memento.job);
    } else if (first) {
      this.waiting.set(panel, memento);
      panel.onDidDispose(() => this.waiting.delete(panel));
      const problem = t('The connection of this job is not there. The page comes back with it.');
      panel.webview.onDidReceiveMessage(() => {
        if (this.waiting.has(panel)) void panel.webview.postMessage({ kind: 'unavailable', problem });
      });
      showPage(panel, this.extensionUri);
    }
  }

  dispose(): void {
    this.subscription.dispose();
    for (const panel of [...this.panels.values()]) panel.dispose();
    this.visibilities.dispose();
  }

  private follow(shown: vscode.WebviewPanel, session: Session, id: string): void {
    const key = keyOf(session, id);
    const panel = new DetailsPanel(shown, this.extensionUri, session, id);
    // A step of the walkthrough is done.
    void vscode.commands.executeCommand('setContext', 'collibraJobs.opened', true);
    this.panels.set(key, panel);
    panel.onDidChangeVisibility(() => this.tellVisibility());
    panel.onDidDispose(() => {
      this.panels.delete(key);
      this.tellVisibility();
    });
    this.tellVisibility();
  }

  private options(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [pageRoot(this.extensionUri)] };
  }

  private tellVisibility(): void {
    this.visibilities.fire([...this.panels.values()].some((panel) => panel.visible));
  }
}

function keyOf({ id: connection }: Session, job: string): string {
  return `${connection}/${job}`;
}

/** What the page kept; undefined when it can't be understood. */
function parse(kept: unknown): DetailsMemento | undefined {
  if (typeof kept !== 'object' || kept === null) return undefined;
  const { connection, job } = kept as Record<string, unknown>;
  return typeof connection === 'string' && typeof job === 'string' ? { connection, job } : undefined;
}
