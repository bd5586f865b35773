import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { CommandContext } from './commands/context';
import { commandRunner, type RunCommand } from './commands/run';
import { createPublicApi, type CollibraJobs } from './connections/publicApi';
import { Secrets } from './connections/secrets';
import { Sessions } from './connections/sessions';
import { intervals, sizes } from './connections/settings';
import type { DetailsPanels } from './details/panels';
import { JobsTree } from './views/jobsTree';
import { showProblem } from './views/notifications';
import { StatusBar } from './views/statusBar';
import { viewMessage } from './views/viewMessage';

const demoKey = 'demo';

/** What the parts offer to the commands and to other extensions. */
export interface Parts {
  readonly run: RunCommand;
  readonly api: CollibraJobs;
}

/** Builds the parts, connects them and registers them. */
export function buildParts(context: vscode.ExtensionContext): Parts {
  const { subscriptions, globalState, extensionUri } = context;
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const log = vscode.window.createOutputChannel('Collibra Jobs', { log: true });

  const secrets = new Secrets(context.secrets);
  const sessions = new Sessions(secrets, {
    log,
    generations: {
      get: (url) => globalState.get(`generation.${url}`),
      set: (url, generation) => {
        const key = `generation.${url}`;
        if (generation !== globalState.get(key)) void globalState.update(key, generation);
      },
    },
    intervals,
    sizes,
  });
  const tree = new JobsTree(sessions, () => sizes().pageSize);
  const view = vscode.window.createTreeView('collibraJobs.jobs', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });

  let detailsVisible = false;
  const attend = () => {
    sessions.attend({ focused: vscode.window.state.focused, visible: view.visible || detailsVisible });
    tree.setVisible(view.visible);
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

  const title = view.title;
  const describe = () => {
    view.message = viewMessage(sessions.all);
    // With one connection there is no node with its name.
    const [only, ...more] = sessions.all;
    view.title = only && more.length === 0 ? only.profile.name : title;
    const signInNeeded = sessions.all.some(({ state }) => state.status.kind === 'signInNeeded');
    void vscode.commands.executeCommand('setContext', 'collibraJobs.signInNeeded', signInNeeded);
    void vscode.commands.executeCommand('setContext', 'collibraJobs.connections', sessions.all.length);
  };
  const commands: CommandContext = {
    sessions,
    tree,
    log,
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
    new StatusBar(sessions),
    api,
    sessions.onDidChange(({ change }) => {
      if (change.status) describe();
    }),
    sessions.onDidChangeList(describe),
    sessions.onProblem((problem) => void showProblem(problem)),
    view.onDidChangeVisibility(attend),
    view.onDidExpandElement(({ element }) => tree.setExpanded(element, true)),
    view.onDidCollapseElement(({ element }) => tree.setExpanded(element, false)),
    vscode.window.onDidChangeWindowState(attend),
    // New intervals count from now on.
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('collibraJobs')) attend();
    }),
  );
  attend();
  sessions.load();
  describe();
  if (commands.demo.wanted()) {
    void import('./commands/demo')
      .then(({ reviveDemo }) => reviveDemo(commands))
      .catch((error: unknown) => log.error(`The demo did not start: ${String(error)}`));
  }
  return { run: commandRunner(commands), api };
}
