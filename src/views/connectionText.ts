import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import { countOf, formatCount } from '../jobs/counts';
import type { Failure } from '../jobs/failure';

const { t } = vscode.l10n;

/** What is to be known of a connection in a few words. */
export function connectionDescription(session: Session): string {
  const { status, groups } = session.state;
  switch (status.kind) {
    case 'loading':
      return t('loading');
    case 'off':
      return t('off');
    case 'signInNeeded':
      return t('sign-in needed');
    case 'stale':
      return isOffline(status.failure)
        ? t('offline since {0}', timeOf(status.since))
        : t('not updated since {0}', timeOf(status.since));
    case 'ready': {
      const counts = t(
        '{0} running, {1} waiting',
        formatCount(countOf(groups.running)),
        formatCount(countOf(groups.waiting)),
      );
      const { tokenMinutes: left } = session;
      return left === undefined ? counts : t('token expires in {0} min, {1}', left, counts);
    }
  }
}

/** Whether nothing of the instance was reached, as opposed to an answer that doesn't help. */
export function isOffline({ kind }: Failure): boolean {
  return kind === 'unreachable' || kind === 'timeout' || kind === 'proxy';
}

/** A time of day, with the date when it isn't today's. */
export function timeOf(since: number, timeStyle: 'short' | 'medium' = 'short'): string {
  const date = new Date(since);
  const today = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(vscode.env.language, {
    timeStyle,
    ...(today ? {} : { dateStyle: 'short' }),
  });
}
