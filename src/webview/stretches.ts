import * as l10n from '@vscode/l10n';
import type { DetailsState, PastState } from '../details/protocol';
import { formatDuration } from '../jobs/format';
import type { Job } from '../jobs/job';
import { displayLanguage } from '../jobs/language';
import { isLive } from './status';

/** A stretch of the job's life; ms. */
export interface Stretch {
  readonly kind: 'waited' | 'ran' | 'left';
  readonly length: number;
  readonly text: string;
}

/** What is usual, or why nothing is said of that. */
export function usualWords(past: PastState | undefined, usual: string | undefined): string {
  if (!past) return l10n.t('Looking at earlier runs…');
  if (past.problem !== undefined) return l10n.t('Earlier runs are not known. {0}', past.problem);
  return usual === undefined ? l10n.t('Too few earlier runs to say what is usual.') : sentence(usual);
}

/** What is known of how the job spent its time, and will; `end` is when it probably ends. */
export function stretchesOf(shown: DetailsState, now: number, end: Date | undefined): Stretch[] {
  const { job } = shown;
  const live = isLive(shown);
  const { createdOn, startedOn } = job;
  const until = job.endedOn?.getTime() ?? (live ? now : undefined);
  const began = startedOn?.getTime() ?? (startsLate(job) ? undefined : until);
  const stretches: Stretch[] = [];
  const add = (
    kind: Stretch['kind'],
    from: number | undefined,
    to: number | undefined,
    text: (n: string) => string,
  ) => {
    if (from === undefined || to === undefined || to < from) return;
    stretches.push({ kind, length: to - from, text: text(formatDuration(to - from)) });
  };
  const waiting = live && !startedOn;
  add('waited', createdOn?.getTime(), began, (n) =>
    waiting ? l10n.t('waiting for {0}', n) : l10n.t('waited {0}', n),
  );
  add('ran', startedOn?.getTime(), until, (n) =>
    live ? l10n.t('running for {0}', n) : l10n.t('ran {0}', n),
  );
  if (end) add('left', now, end.getTime(), (n) => l10n.t('about {0} left', n));
  return stretches;
}

/** A job that ran without telling since when: nobody knows how long it waited. */
function startsLate({ state, startedOn }: Job): boolean {
  // One that was canceled or given up may never have started.
  return !startedOn && state !== 'waiting' && state !== 'canceled' && state !== 'failed';
}

/** With a capital and a full stop. */
export function sentence(words: string): string {
  return `${words.charAt(0).toLocaleUpperCase(displayLanguage())}${words.slice(1)}.`;
}
