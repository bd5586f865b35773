import type * as vscode from 'vscode';
import type { News } from '../connections/news';
import type { Sessions } from '../connections/sessions';
import type { Watched } from '../connections/watched';
import type { DetailsPanels } from '../details/panels';
import type { JobsTree } from '../views/jobsTree';

/** What commands work with. */
export interface CommandContext {
  readonly sessions: Sessions;
  readonly tree: Pick<JobsTree, 'showMore'>;
  readonly log: vscode.LogOutputChannel;
  readonly watched: Watched;
  readonly news: News;
  /** Loaded when the first page is opened. */
  details(): Promise<DetailsPanels>;
  readonly demo: DemoMemory;
}

/** Whether the person asked for the demo, so that it is there again after a reload. */
export interface DemoMemory {
  wanted(): boolean;
  want(wanted: boolean): Promise<void>;
}
