import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Latches } from './api/latch';
import type { CommandContext } from './commands/context';
import { commandRunner, type RunCommand } from './commands/run';
import { createPublicApi, type CollibraJobs } from './connections/publicApi';
import { News } from './connections/news';
import { Expiry } from './connections/expiry';
import { Refusals } from './connections/refusals';
import { Secrets } from './connections/secrets';
import { Sessions } from './connections/sessions';
import { Watched } from './connections/watched';
import { hideWhenIdle, intervals, sizes } from './connections/settings';
import { systemClock } from './jobs/clock';
import { speak } from './jobs/language';
import type { DetailsPanels } from './details/panels';
import { viewType } from './details/protocol';
import { registerTools } from './tools/register';
import { LazyTree } from './views/lazyTree';
import { plain, showProblem } from './views/notifications';
import type { SignInNotices } from './views/signInNotices';
import { StatusBar } from './views/statusBar';

const demoKey = 'demo';

/** What the parts offer to the commands and to other extensions. */
export interface Parts {
  readonly run: RunCommand;
  readonly api: CollibraJobs;
}

/** Builds the parts, connects them and registers them. */
export function buildParts(context: vscode.ExtensionContext): Parts {
  const { subscriptions, globalState, workspaceState, extensionUri } = context;
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  speak(vscode.env.language, vscode.l10n.bundle !== undefined);
  const log = vscode.window.createOutputChannel('Collibra Jobs', { log: true });

  const watched = new Watched({
    get: (connection) => globalState.get(`watched.${connection}`),
    set: (connection, ids) => void globalState.update(`watched.${connection}`, ids),
  });
  const refusals = new Refusals(context.globalStorageUri.fsPath);
  const sessions = new Sessions(new Secrets(context.secrets, refusals), {
    log,
    latches: new Latches(),
    refusals,
    wanted: {
      get: (connection) => globalState.get(`wanted.${connection}`),
      set: (connection, wanted) => void globalState.update(`wanted.${connection}`, wanted),
    },
    watched,
    usual: (connection) => ({
      get: () => globalState.get(`usual.${connection}`),
      set: (kinds) => void globalState.update(`usual.${connection}`, kinds),
    }),
    looking: (session, look) => void import('./views/looking').then((view) => view.looking(session, look)),
    generations: {
      get: (url) => globalState.get(`generation.${url}`),
      set: (url, generation) => {
        const key = `generation.${url}`;
        if (generation !== globalState.get(key)) void globalState.update(key, generation);
      },
    },
    // Of the window, not of all: two that follow the same cancel could both send it again.
    cancels: {
      get: (id) => workspaceState.get(`cancels.${id}`),
      set: (id, cancels) => void workspaceState.update(`cancels.${id}`, cancels),
    },
    tell: (sentence, refused) => {
      if (refused) void vscode.window.showErrorMessage(plain(sentence));
      else vscode.window.setStatusBarMessage(plain(sentence), 5000);
    },
    intervals,
    sizes,
  });
  const tree = new LazyTree(async () => {
    const { JobsTree } = await import('./views/jobsTree');
    return new JobsTree(sessions, () => sizes().pageSize);
  });
  const view = vscode.window.createTreeView('collibraJobs.jobs', {
    treeDataProvider: tree,
    showCollapseAll: true,
    canSelectMany: true,
  });

  const news = new News({
    get: () => globalState.get('looked'),
    set: (at) => void globalState.update('looked', at),
  });
  const statusBar = new StatusBar(sessions, news, hideWhenIdle, (failures, tooltip) => {
    if (view.badge?.value !== (failures || undefined))
      view.badge = failures > 0 ? { value: failures, tooltip } : undefined;
  });
  let detailsVisible = false;
  const attend = () => {
    sessions.attend({ focused: vscode.window.state.focused, visible: view.visible || detailsVisible });
    tree.setVisible(view.visible);
    news.look(view.visible && vscode.window.state.focused);
  };
  let panels: Promise<DetailsPanels> | undefined;
  const openPanels = async () => {
    const { DetailsPanels } = await import('./details/panels');
    const opened = new DetailsPanels(extensionUri, sessions);
    opened.onDidChangeVisibility((visible) => {
      detailsVisible = visible;
      attend();
    });
    subscriptions.push(opened);
    return opened;
  };

  const { title } = view;
  const around = () =>
    void import('./views/around').then(({ describe }) => describe(view, title, sessions, watched));
  let notices: Promise<SignInNotices> | undefined;
  const openNotices = async () => {
    const { SignInNotices } = await import('./views/signInNotices');
    return new SignInNotices(sessions, async (id) => (await import('./commands/handlers')).isAsking(id));
  };
  const notice = () => {
    const needed = sessions.all.some(
      ({ state, tokenMinutes }) => state.status.kind === 'signInNeeded' || tokenMinutes !== undefined,
    );
    if (needed) void (notices ??= openNotices()).then((opened) => opened.look());
  };
  let telling: Promise<void> | undefined;
  const openTelling = async () => {
    const { startTelling } = await import('./telling');
    subscriptions.push(startTelling(sessions, watched, news, globalState, context.globalStorageUri.fsPath));
  };
  const expiry = new Expiry(() => sessions.all, systemClock);
  const look = () => {
    around();
    notice();
  };
  const changed = () => {
    look();
    expiry.arm();
  };
  const commands: CommandContext = {
    sessions,
    tree,
    log,
    watched,
    news,
    details: () => (panels ??= openPanels()),
    demo: {
      wanted: () => globalState.get(demoKey, false),
      want: async (wanted) => globalState.update(demoKey, wanted),
    },
  };

  const api = createPublicApi(sessions);
  subscriptions.push(
    log,
    sessions,
    tree,
    view,
    statusBar,
    api,
    ...registerTools(sessions),
    sessions.onDidChange(({ change }) => {
      if (change.status) changed();
      else around();
      news.note();
      telling ??= openTelling();
    }),
    sessions.onDidChangeList(changed),
    expiry,
    expiry.onDidChange(look),
    sessions.onProblem((problem) => void showProblem(problem)),
    vscode.window.registerUriHandler({
      handleUri: (uri) => void import('./commands/handlers').then(({ openLink }) => openLink(commands, uri)),
    }),
    vscode.window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, kept) => (await commands.details()).restore(panel, kept),
    }),
    view.onDidChangeVisibility(attend),
    view.onDidExpandElement(({ element }) => tree.setExpanded(element, true)),
    view.onDidCollapseElement(({ element }) => tree.setExpanded(element, false)),
    vscode.window.onDidChangeWindowState(() => {
      attend();
      notice();
    }),
    // New intervals count from now on.
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('collibraJobs')) attend();
    }),
  );
  attend();
  sessions.load();
  // A window that is not looked at asks for what is watched, too, and nothing else makes a change there.
  if (sessions.all.some(({ id }) => watched.of(id).length > 0)) telling ??= openTelling();
  // Of connections their list has told already.
  if (sessions.all.length === 0) around();
  if (commands.demo.wanted()) {
    void import('./commands/handlers')
      .then(({ reviveDemo }) => reviveDemo(commands))
      .catch((error: unknown) => log.error(`The demo did not start: ${String(error)}`));
  }
  return { run: commandRunner(commands), api };
}
