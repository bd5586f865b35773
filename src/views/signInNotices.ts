import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Sessions } from '../connections/sessions';
import { plain } from './notifications';

const { t } = vscode.l10n;

/** Minutes before its end at which a token is told of by a message; before, the panel says so. */
const lastCall = 5;
/** A command that was refused asks for the secret by itself, at once, ms. */
const patience = 1000;

/** Says once what only a person can mend: a secret that was refused, a token that is about to expire. */
export class SignInNotices {
  private readonly told = new Set<string>();

  constructor(
    private readonly sessions: Pick<Sessions, 'all' | 'get'>,
    /** Whether the person is being asked for the secret of a connection already. */
    private readonly isAsking: (connection: string) => Promise<boolean>,
  ) {}

  /** Looks whether there is something to say. The window that isn't focused leaves it to the others. */
  look(): void {
    if (!vscode.window.state.focused) return;
    for (const session of this.sessions.all) {
      const notice = noticeOf(session);
      if (!notice || this.told.has(notice.key)) continue;
      this.told.add(notice.key);
      setTimeout(() => void this.tell(session, notice.key), patience);
    }
  }

  private async tell(session: Session, key: string): Promise<void> {
    const notice = noticeOf(session);
    const current = this.sessions.get(session.id) === session;
    if (!current || notice?.key !== key || (await this.isAsking(session.id))) return;
    const signIn = t('Sign In');
    if ((await vscode.window.showWarningMessage(plain(notice.text), signIn)) !== signIn) return;
    await vscode.commands.executeCommand('collibraJobs.signIn', { connection: session.id });
  }
}

function noticeOf(session: Session): { readonly key: string; readonly text: string } | undefined {
  const { id, expires, tokenMinutes } = session;
  const { status } = session.state;
  if (status.kind === 'signInNeeded' && status.failure.status !== undefined)
    return { key: `${id} refused ${status.since}`, text: status.failure.message };
  if (tokenMinutes !== undefined && tokenMinutes <= lastCall)
    return {
      key: `${id} expires ${expires}`,
      text: t('The token for {0} expires in {1} min.', session.markedName, tokenMinutes),
    };
  return undefined;
}
