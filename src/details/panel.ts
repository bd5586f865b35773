import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { jobTitle, oneLine } from '../jobs/format';
import type { Disposable } from '../jobs/emitter';
import { isActive, type Job } from '../jobs/job';
import { detailsHtml, nonce } from './html';
import type { FromPage, ToPage } from './protocol';
import { messageOf } from '../jobs/failure';

const { t } = vscode.l10n;
const longestTitle = 40;

/** The details page of one job. It follows the job while it is open. */
export class DetailsPanel implements Disposable {
  private readonly panel: vscode.WebviewPanel;
  private readonly disposals = new vscode.EventEmitter<void>();
  private readonly visibilities = new vscode.EventEmitter<void>();
  readonly onDidDispose = this.disposals.event;
  readonly onDidChangeVisibility = this.visibilities.event;
  private readonly subscriptions: Disposable[];
  /** The last that was known, for a job that is gone. */
  private job?: Job;
  private names: Readonly<Record<string, string>> = {};
  private gone = false;
  private problem?: string;
  private closed = false;

  constructor(
    extensionUri: vscode.Uri,
    readonly session: Session,
    private readonly id: string,
  ) {
    const root = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
    this.job = session.store.job(id);
    this.panel = vscode.window.createWebviewPanel(
      'collibraJobs.details',
      this.title(),
      vscode.ViewColumn.Active,
      {
        enableScripts: true,
        localResourceRoots: [root],
      },
    );
    const { webview } = this.panel;
    const uri = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(root, file)).toString();
    this.subscriptions = [
      { dispose: session.store.pin(id) },
      session.store.onDidChange(() => this.update()),
      webview.onDidReceiveMessage((message: FromPage) => this.receive(message)),
      this.panel.onDidChangeViewState(() => this.visibilities.fire()),
      this.panel.onDidDispose(() => this.end()),
    ];
    webview.html = detailsHtml({
      cspSource: webview.cspSource,
      nonce: nonce(),
      scriptUri: uri('details.js'),
      styleUri: uri('details.css'),
      title: this.title(),
      language: vscode.env.language,
      l10n: vscode.l10n.bundle,
    });
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
        this.update();
        void this.read();
        break;
      case 'refresh':
        void this.read();
        break;
      case 'cancel':
        void vscode.commands.executeCommand('collibraJobs.cancel', this.jobRow());
        break;
      case 'copyId':
        void vscode.commands.executeCommand('collibraJobs.copyId', this.jobRow());
        break;
    }
  }

  /** The job as the tree hands it to commands, so that a failure is told to the person. */
  private jobRow() {
    const job: Job = this.job ?? { id: this.id, state: 'other' };
    return { kind: 'job', id: this.id, session: this.session, job };
  }

  private async read(): Promise<void> {
    try {
      const job = await this.session.read(this.id);
      this.job = job ?? this.job;
      this.gone = job === undefined;
      this.problem = undefined;
      this.update();
      // Names are pleasant to have; the page doesn't wait for them.
      if (this.job) this.names = await this.session.names(this.job);
    } catch (error) {
      this.problem = messageOf(error);
    }
    this.update();
  }

  private update(): void {
    // A read may come back after the page was closed.
    if (this.closed) return;
    const { session } = this;
    const known = session.store.job(this.id);
    if (known) {
      this.job = known;
      this.gone = false;
    } else if (this.job && isActive(this.job)) this.gone = true;
    this.panel.title = this.title();
    if (!this.job) {
      const problem = this.gone ? t('This job is not on {0}.', session.profile.name) : this.problem;
      if (problem !== undefined) this.post({ kind: 'unavailable', problem });
      return;
    }
    const { name, url, label, color } = session.profile;
    const { status, clockOffset, cancels } = session.state;
    const stale =
      status.kind === 'stale' || status.kind === 'signInNeeded' ? status.failure.message : undefined;
    this.post({
      kind: 'state',
      state: {
        connection: { id: session.id, name, url, label, color },
        job: this.job,
        users: this.names,
        problem: this.problem ?? stale,
        cancelStatus: cancels.get(this.id)?.sentence,
        canCancel: !this.gone && session.refusal(this.job) === undefined,
        cancelOff: session.profile.cancel === 'off',
        gone: this.gone,
        clockOffset,
      },
    });
  }

  private title(): string {
    return this.job ? oneLine(jobTitle(this.job), longestTitle) : t('Job {0}', this.id.slice(0, 8));
  }

  private post(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }

  private end(): void {
    this.closed = true;
    for (const subscription of this.subscriptions) subscription.dispose();
    this.disposals.fire();
    this.disposals.dispose();
    this.visibilities.dispose();
  }
}
