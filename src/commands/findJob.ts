import * as vscode from 'vscode';
import { isUuid } from '../api/fields';
import { parseJobLink } from '../connections/jobLink';
import type { Session } from '../connections/session';
import { isAbort, isFailure, messageOf } from '../jobs/failure';
import type { Job } from '../jobs/job';
import { jobPick } from '../views/jobPick';
import { plain } from '../views/notifications';
import type { CommandContext } from './context';
import { openLink } from './openLink';
import { requireConnection, type Target } from './target';

const { t } = vscode.l10n;

/** How long a person pauses before what was typed is looked for, ms. */
const pause = 300;
/** Jobs that one instance offers for what was typed. */
const most = 20;
/** Characters of a name that are looked for. */
const longest = 255;

interface Hit extends vscode.QuickPickItem {
  readonly target?: Target;
}

/** Finds a job on all instances while a person types a part of its name, its ID, or pastes a link to it. */
export async function findJob(context: CommandContext): Promise<void> {
  requireConnection(context.sessions);
  const pick = vscode.window.createQuickPick<Hit>();
  pick.title = t('Find a job');
  pick.placeholder = t('Part of a name, an ID, or a link to a job');
  let looking = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  /** Called with what is found for what is typed, once the person wants the only one. */
  let waiting: ((hit: Hit) => void) | undefined;
  const look = async (typed: string, { signal }: AbortController) => {
    const found = await Promise.all(
      context.sessions.all.filter(({ off }) => !off).map((session) => lookIn(session, typed, signal)),
    );
    if (signal.aborted) return;
    const hits = found.flat();
    const none = linkIn(typed)
      ? t('No connection has the address of this link. Press Enter to connect.')
      : t('No job matches.');
    pick.items = hits.length > 0 ? hits : [{ label: none, alwaysShow: true }];
    pick.busy = false;
    const [only, ...more] = hits;
    if (only && more.length === 0) waiting?.(only);
    waiting = undefined;
  };
  pick.onDidChangeValue((value) => {
    // What was typed before is no longer wanted.
    looking.abort();
    looking = new AbortController();
    clearTimeout(timer);
    waiting = undefined;
    const typed = value.trim();
    pick.busy = typed !== '';
    if (typed === '') pick.items = [];
    else timer = setTimeout(() => void look(typed, looking), pause);
  });
  const chosen = await new Promise<{ target?: Target; link?: vscode.Uri } | undefined>((resolve) => {
    pick.onDidAccept(() => {
      const link = linkIn(pick.value);
      const [item] = pick.activeItems;
      if (link) resolve({ link });
      // The rows are still those of what was typed before.
      else if (pick.busy) waiting = ({ target }) => target && resolve({ target });
      else if (item?.target) resolve({ target: item.target });
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  looking.abort();
  clearTimeout(timer);
  pick.dispose();
  if (chosen?.link) await openLink(context, chosen.link);
  else if (chosen?.target) (await context.details()).open(chosen.target.session, chosen.target.id);
}

/** The link that was pasted, if it is one of ours. */
function linkIn(typed: string): vscode.Uri | undefined {
  try {
    const uri = vscode.Uri.parse(typed.trim(), true);
    parseJobLink(uri);
    return uri;
  } catch {
    return undefined;
  }
}

async function lookIn(session: Session, typed: string, signal: AbortSignal): Promise<Hit[]> {
  try {
    const link = linkIn(typed);
    if (link) return parseJobLink(link).url === session.profile.url ? [opening(session, link)] : [];
    const api = await session.api();
    // People copy ids with what stands around them.
    const id = typed.replace(/^[{("']+|[})"']+$/g, '').toLowerCase();
    if (isUuid(id)) return [hit(session, await api.get(id, signal))];
    const { jobs, next } = await api.find({ name: typed.slice(0, longest) }, { limit: most }, signal);
    const hits = jobs.map((job) => hit(session, job));
    const more = t('More jobs of {0} match. Type more of the name.', session.profile.name);
    return next === undefined ? hits : [...hits, { label: plain(more), alwaysShow: true }];
  } catch (error) {
    if (isAbort(error) || (isFailure(error) && error.kind === 'notFound')) return [];
    return [{ label: plain(messageOf(error)), alwaysShow: true }];
  }
}

function hit(session: Session, job: Job): Hit {
  return {
    ...jobPick(session, job, session.markedName),
    // The server compared already, in ways that VS Code's own filter doesn't know.
    alwaysShow: true,
    target: { session, id: job.id },
  };
}

function opening(session: Session, link: vscode.Uri): Hit {
  const { id } = parseJobLink(link);
  return {
    label: t('Open job {0}', id),
    detail: session.markedName,
    alwaysShow: true,
    target: { session, id },
  };
}
