import { join } from 'node:path';
import * as vscode from 'vscode';
import { Claims } from './connections/claims';
import { LastFocus } from './connections/focus';
import { Presence } from './connections/presence';
import type { Session } from './connections/session';
import type { Sessions } from './connections/sessions';
import { telling, toldEndings } from './connections/notify';
import { intervals } from './connections/settings';
import { Teller } from './connections/teller';
import type { Watched } from './connections/watched';
import { systemClock } from './jobs/clock';
import type { Change } from './jobs/state';
import { showEnded } from './views/endings';

/** Tells a person of the ends of jobs, also while no window is looked at. */
export function startTelling(
  sessions: Sessions,
  watched: Watched,
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
    tell: (ended) => void showEnded(ended, sessions),
  });
  const focus = new LastFocus(join(folder, 'focused'));
  const presence = new Presence({
    get: (connection) => memory.get(`seen.${connection}`),
    set: (connection, at) => void memory.update(`seen.${connection}`, at),
  });
  /** The jobs of a session are true now: a person who looks sees what ended since the last time. */
  const look = (session: Session, change?: Change) => {
    teller.look(session, change);
    if (!vscode.window.state.focused || session.state.status.kind !== 'ready') return;
    const away = presence.look(session.id, session.now());
    if (away !== undefined) void teller.catchUp(session, away);
  };
  let timer: NodeJS.Timeout | undefined;
  /** A window that isn't looked at asks nothing but how watched jobs are, and only one window does. */
  const glance = async () => {
    if (focus.isHere()) await teller.glance();
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
    { dispose: () => clearTimeout(timer) },
  );
  attend();
  follow();
  return subscription;
}
