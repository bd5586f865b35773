import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Disposable } from '../jobs/emitter';
import { oneLine } from '../jobs/format';
import type { Job } from '../jobs/job';
import { detailsHtml, nonce } from './html';
import { DetailsModel } from './model';
import { pageCommands, type FromPage, type PageCommand } from './protocol';

const { t } = vscode.l10n;
const longestTitle = 40;

/** The details page of one job on the screen. It follows the job while it is open. */
export class DetailsPanel implements Disposable {
  private readonly model: DetailsModel;
  private readonly disposals = new vscode.EventEmitter<void>();
  private readonly visibilities = new vscode.EventEmitter<void>();
  readonly onDidDispose = this.disposals.event;
  readonly onDidChangeVisibility = this.visibilities.event;
  private readonly subscriptions: Disposable[];

  constructor(
    private readonly panel: vscode.WebviewPanel,
    extensionUri: vscode.Uri,
    readonly session: Session,
    private readonly id: string,
  ) {
    const { webview } = panel;
    this.model = new DetailsModel(session, id, (message) => {
      panel.title = this.title();
      void webview.postMessage(message);
    });
    this.subscriptions = [
      this.model,
      webview.onDidReceiveMessage((message: FromPage) => this.receive(message)),
      panel.onDidChangeViewState(() => this.visibilities.fire()),
      panel.onDidDispose(() => this.end()),
    ];
    panel.title = this.title();
    showPage(panel, extensionUri);
  }

  get visible(): boolean {
    return this.panel.visible;
  }

  reveal(): void {
    this.panel.reveal();
  }

  dispose(): void {
    this.panel.dispose();
  }

  private receive(message: FromPage): void {
    switch (message.kind) {
      case 'ready':
        void this.model.open();
        break;
      case 'refresh':
        void this.model.read();
        break;
      case 'moreErrors':
        void this.model.readErrors();
        break;
      case 'open':
        if (typeof message.job === 'string') this.run('openDetails', { id: message.job, state: 'other' });
        break;
      case 'command':
        if (pageCommands.includes(message.command))
          this.run(message.command, this.model.job ?? { id: this.id, state: 'other' });
        break;
    }
  }

  /** Hands the job to the command as the tree does a row, so that a failure is told to the person. */
  private run(command: PageCommand | 'openDetails', job: Job): void {
    const row = { kind: 'job', id: job.id, session: this.session, job };
    void vscode.commands.executeCommand(`collibraJobs.${command}`, row);
  }

  private title(): string {
    const { title } = this.model;
    return title === undefined ? t('Job {0}', this.id.slice(0, 8)) : oneLine(title, longestTitle);
  }

  private end(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.disposals.fire();
    this.disposals.dispose();
    this.visibilities.dispose();
  }
}

/** Where the parts of the page are. */
export function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/** Puts the page into a panel. */
export function showPage({ webview, title }: vscode.WebviewPanel, extensionUri: vscode.Uri): void {
  const uri = (file: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(pageRoot(extensionUri), file)).toString();
  webview.html = detailsHtml({
    cspSource: webview.cspSource,
    nonce: nonce(),
    scriptUri: uri('details.js'),
    styleUri: uri('details.css'),
    title,
    language: vscode.env.language,
    l10n: vscode.l10n.bundle,
  });
}
