import * as vscode from 'vscode';
import { parseJobLink, type LinkedJob } from '../connections/jobLink';
import type { Session } from '../connections/session';
import { isAbort } from '../jobs/failure';
import { plain, showFailure } from '../views/notifications';
import { connect } from './connect';
import type { CommandContext } from './context';

const { t } = vscode.l10n;

/** Opens the page of the job that a link leads to. Whatever is wrong with the link or the instance is told here. */
export async function openLink(context: CommandContext, uri: vscode.Uri): Promise<void> {
  try {
    const linked = parseJobLink(uri);
    const session = await sessionOf(context, linked);
    if (session) (await context.details()).open(session, linked.id);
  } catch (error) {
    if (!isAbort(error)) void showFailure(error, context.log);
  }
}

/** The connection to the link's address: one that is signed in, before others. Undefined: the person left it. */
async function sessionOf(context: CommandContext, { url }: LinkedJob): Promise<Session | undefined> {
  const known = context.sessions.all.filter(({ profile }) => profile.url === url);
  if (known.length === 0) return offerToConnect(context, url);
  if (known.length === 1) return known[0];
  const usable = await Promise.all(known.map(isSignedIn));
  const signedIn = known.filter((_session, at) => usable[at]);
  const candidates = signedIn.length > 0 ? signedIn : known;
  // Labels tell apart what is the same instance otherwise: then it matters which one is meant.
  if (candidates.filter(({ profile }) => profile.label !== undefined).length < 2) return candidates[0];
  const items = candidates.map((session) => ({ label: session.markedName, description: url, session }));
  return (await vscode.window.showQuickPick(items, { placeHolder: t('Open the job with which connection?') }))
    ?.session;
}

/** Whether there is a secret that may be sent. Nothing is sent to find out. */
function isSignedIn(session: Session): Promise<boolean> {
  return session.given().then(
    () => true,
    () => false,
  );
}

/** Nothing goes to an address that only a link names, until the person has given a sign-in for it. */
async function offerToConnect(context: CommandContext, url: string): Promise<Session | undefined> {
  const offer = t('Connect');
  const choice = await vscode.window.showInformationMessage(
    plain(t('The job of this link is on {0}, which is not connected.', url)),
    offer,
  );
  if (choice !== offer) return undefined;
  const id = await connect(context, { url });
  return id === undefined ? undefined : context.sessions.get(id);
}
