import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Sessions } from '../connections/sessions';
import { DetailsPanel } from './panel';

/** The details pages that are open: one for each job. */
export class DetailsPanels implements vscode.Disposable {
  private readonly panels = new Map<string, DetailsPanel>();
  private readonly visibilities = new vscode.EventEmitter<boolean>();
  /** Whether any details page can be seen. */
  readonly onDidChangeVisibility = this.visibilities.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly extensionUri: vscode.Uri,
    sessions: Pick<Sessions, 'onDidChangeList' | 'get'>,
  ) {
    // A page whose connection is gone has nothing to follow.
    this.subscription = sessions.onDidChangeList(() => {
      for (const panel of this.panels.values())
        if (sessions.get(panel.session.id) !== panel.session) panel.dispose();
    });
  }

  /** Opens the page of a job, or brings the one that is open to the front. */
  open(session: Session, id: string): void {
    const key = `${session.id}/${id}`;
    const existing = this.panels.get(key);
    if (existing) {
      existing.reveal();
      return;
    }
    const panel = new DetailsPanel(this.extensionUri, session, id);
    this.panels.set(key, panel);
    panel.onDidChangeVisibility(() => this.tellVisibility());
    panel.onDidDispose(() => {
      this.panels.delete(key);
      this.tellVisibility();
    });
    this.tellVisibility();
  }

  dispose(): void {
    this.subscription.dispose();
    for (const panel of [...this.panels.values()]) panel.dispose();
    this.visibilities.dispose();
  }

  private tellVisibility(): void {
    this.visibilities.fire([...this.panels.values()].some((panel) => panel.visible));
  }
}
