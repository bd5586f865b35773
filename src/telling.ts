import { join } from 'node:path';
import * as vscode from 'vscode';
import { Claims } from './connections/claims';
import { LastFocus } from './connections/focus';
import { Presence } from './connections/presence';
import type { News } from './connections/news';
import type { Session } from './connections/session';
import type { Sessions } from './connections/sessions';
import { telling, toldEndings, toldSlow } from './connections/notify';
import { SlowJobs } from './connections/slow';
import { intervals } from './connections/settings';
import { Teller } from './connections/teller';
import type { Watched } from './connections/watched';
import { systemClock } from './jobs/clock';
import { endedText, levelOf } from './jobs/ending';
import { slowText } from './jobs/slowText';
import type { Change } from './jobs/state';
import { showTold } from './views/told';

/** How often it is looked whether jobs have become slow, ms. */
const slowness = 15_000;

/** Tells a person of the ends of jobs, also while no window is looked at. */
export function startTelling(
  sessions: Sessions,
  watched: Watched,
  news: Pick<News, 'looking'>,
  memory: vscode.Memento,
  folder: string,
): vscode.Disposable {
  const claims = new Claims(join(folder, 'told'));
  void claims.tidy();
  const teller = new Teller({
    clock: systemClock,
    watched,
    claims,
    telling,
    endings: toldEndings,
    tell: (ended, capped) => void showTold(ended, levelOf(ended), endedText(ended, capped), sessions),
  });
  const slowJobs = new SlowJobs({
    claims,
    told: toldSlow,
    wants: (session, job) => teller.wants(session, job),
    tell: (slow) => {
      const now = sessions.get(slow[0]?.connection ?? '')?.now() ?? Date.now();
      void showTold(slow, 'warning', slowText(slow, now), sessions);
    },
  });
  const focus = new LastFocus(join(folder, 'focused'));
  const presence = new Presence({
    get: (connection) => memory.get(`seen.${connection}`),
    set: (connection, at) => void memory.update(`seen.${connection}`, at),
  });
  /** Something changed: a person who looks sees what ended since the last time. */
  const look = (session: Session, change?: Change) => {
    teller.look(session, change);
    see(session);
  };
  /** A person looks on, also while nothing changes. */
  const see = (session: Session) => {
    if (!isSeen(session)) return;
    const away = presence.look(session.id, session.now());
    if (away !== undefined) void comeBack(session, away);
    void slowJobs.look(session);
  };
  const comeBack = async (session: Session, since: number) => {
    try {
      await teller.catchUp(session, since, session.now());
      // Who sees the jobs is told of no failures by the status bar.
      if (!news.looking) await session.readFailures();
      presence.told(session.id);
    } catch {
      // A minute later it is tried again.
    }
  };
  // A job that tells nothing of its progress grows slow without a change.
  const ticker = setInterval(() => {
    for (const session of sessions.all) see(session);
  }, slowness);
  let timer: NodeJS.Timeout | undefined;
  /** A window that isn't looked at asks nothing but how watched jobs are, and only one window does. */
  const glance = async () => {
    if (focus.isHere()) await teller.glance();
    clearTimeout(timer);
    if (!vscode.window.state.focused) timer = setTimeout(() => void glance(), intervals().idle);
  };
  const attend = () => {
    clearTimeout(timer);
    if (vscode.window.state.focused) focus.take();
    else timer = setTimeout(() => void glance(), intervals().idle);
  };
  const follow = () => {
    teller.follow(sessions.all);
    for (const session of sessions.all) look(session);
  };
  const subscription = vscode.Disposable.from(
    teller,
    sessions.onDidChange(({ session, change }) => look(session, change)),
    sessions.onDidChangeList(follow),
    vscode.window.onDidChangeWindowState(attend),
    focus,
    { dispose: () => clearTimeout(timer) },
    { dispose: () => clearInterval(ticker) },
  );
  attend();
  follow();
  return subscription;
}

/** The jobs of a session are true, and a person is there. */
function isSeen({ state }: Session): boolean {
  return vscode.window.state.focused && state.status.kind === 'ready';
}
