import * as vscode from 'vscode';
import type { Session } from '../connections/session';
import type { Look } from '../jobs/filtered';
import { formatNumber } from '../jobs/language';
import { timeOf } from './connectionText';

const { t } = vscode.l10n;

interface Shown {
  tell(look: Look): void;
  end(): void;
}

const shown = new WeakMap<Session, Shown>();

/** Shows how far the jobs of a connection were looked through, with a way to end it. */
export function looking(session: Session, look: Look | undefined): void {
  if (!look) {
    shown.get(session)?.end();
    shown.delete(session);
    return;
  }
  const progress = shown.get(session) ?? show(session);
  shown.set(session, progress);
  progress.tell(look);
}

function show({ markedName }: Session): Shown {
  let latest: Look | undefined;
  let report: (() => void) | undefined;
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const location = vscode.ProgressLocation.Notification;
  const title = t('Looking through the jobs of {0}', markedName);
  void vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    report = () => latest && progress.report({ message: howFar(latest) });
    report();
    token.onCancellationRequested(() => latest?.stop());
    await ended;
  });
  return {
    tell: (look) => {
      latest = look;
      report?.();
    },
    end,
  };
}

/** "1,200 looked at, back to 02:10" */
export function howFar({ jobs, backTo }: Pick<Look, 'jobs' | 'backTo'>): string {
  const count = formatNumber(jobs);
  return backTo
    ? t('{0} looked at, back to {1}', count, timeOf(backTo.getTime()))
    : t('{0} looked at', count);
}
