import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { isEmpty } from '../jobs/filter';
import { filterText, sortText } from '../jobs/filterText';
import { timeOf } from './connectionText';

const { t } = vscode.l10n;

/** The sentence above the tree when something in it isn't as it should be; undefined when all is well. */
export function viewMessage(sessions: readonly Session[]): string | undefined {
  const lines = sessions
    .flatMap((session) => [
      filterMessage(session, sessions.length > 1),
      sortMessage(session, sessions.length > 1),
      sessionMessage(session),
    ])
    .filter((line) => line !== undefined);
  // VS Code shows it as one line.
  return lines.length === 0 ? undefined : lines.join(' · ');
}

/** What the rows are only a part of. */
function filterMessage({ filter, profile }: Session, several: boolean): string | undefined {
  if (isEmpty(filter)) return undefined;
  const text = filterText(filter, vscode.env.language).join(', ');
  return several ? t('Filter on {0}: {1}', profile.name, text) : t('Filter: {0}', text);
}

/** What the rows are sorted by, when that isn't as usual; a filter by time has an order of its own. */
function sortMessage({ shown: { sort, sorted }, profile }: Session, several: boolean): string | undefined {
  if (!sort || !sorted) return undefined;
  return several
    ? t('Sorted on {0}: {1}', profile.name, sortText(sorted))
    : t('Sorted: {0}', sortText(sorted));
}

function sessionMessage(session: Session): string | undefined {
  const { profile, lastGood, tokenMinutes, expires = Infinity } = session;
  const { status } = session.state;
  switch (status.kind) {
    case 'loading':
      return t('Loading the jobs of {0}…', profile.name);
    case 'signInNeeded':
    case 'stale':
      return [
        expires < session.now() ? t('The token for {0} has expired.', profile.name) : undefined,
        lastGood === undefined ? undefined : t('{0} as of {1}.', profile.name, timeOf(lastGood)),
        status.failure.message,
        status.nextTry === undefined ? undefined : t('Next try at {0}.', timeOf(status.nextTry, 'medium')),
      ]
        .filter((part) => part !== undefined)
        .join(' ');
    case 'ready':
      return tokenMinutes === undefined
        ? undefined
        : t('The token for {0} expires in {1} min. Sign in again.', profile.name, tokenMinutes);
    case 'off':
      return undefined;
  }
}
