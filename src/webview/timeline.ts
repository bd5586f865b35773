import * as l10n from '@vscode/l10n';
import { baselineOf } from '../jobs/baseline';
import { endText, remarkText, usualText } from '../jobs/baselineText';
import { formatDuration } from '../jobs/format';
import type { Job } from '../jobs/job';
import { element, icon, setAttribute, setText, show } from './dom';
import type { Part, Shown } from './part';
import { isLive, statusOf } from './status';

/** A stretch of the job's life; ms. */
interface Stretch {
  readonly kind: 'waited' | 'ran' | 'left';
  readonly length: number;
  readonly text: string;
}

const kinds = ['waited', 'ran', 'left'] as const;

/** How long the job waited and ran, how that compares with earlier runs, and when it may end. */
export function createTimeline(formatTime: (instant: Date) => string): Part {
  const bars = kinds.map((kind) => element('span', { class: kind }));
  const bar = element('div', { class: 'timeline', role: 'img' }, ...bars);
  const legend = kinds.map((kind) => element('span', { class: `legend ${kind}` }));
  const usual = element('span');
  const remark = element('span', { class: 'remark' }, icon('warning'));
  const remarkWords = element('span');
  remark.append(remarkWords);
  const end = element('p');
  const root = element(
    'section',
    { 'aria-labelledby': 'timeline' },
    element('h2', { id: 'timeline' }, l10n.t('How long')),
    bar,
    element('p', { class: 'legends', 'aria-hidden': 'true' }, ...legend),
    element('p', { class: 'usual' }, usual, remark),
    end,
  );
  return {
    root,
    render(shown, now) {
      const { job, past } = shown;
      const live = isLive(shown);
      const baseline = past && baselineOf(job, past.runs, now);
      const ends = live ? baseline?.end : undefined;
      const stretches = stretchesOf(shown, now, ends);
      const whole = stretches.reduce((sum, { length }) => sum + length, 0);
      show(root, stretches.length > 0 || baseline !== undefined);
      show(bar, whole > 0);
      setAttribute(root, 'data-tone', statusOf(job).tone);
      setAttribute(bar, 'aria-label', stretches.map(({ text }) => text).join(', '));
      kinds.forEach((kind, at) => {
        const stretch = stretches.find((each) => each.kind === kind);
        const [part, words] = [bars[at], legend[at]];
        if (!part || !words) return;
        show(part, stretch !== undefined);
        show(words, stretch !== undefined);
        setText(words, stretch?.text ?? '');
        // What is short can still be seen.
        const share = stretch && whole > 0 ? Math.max(1, Math.round((stretch.length / whole) * 1000)) : 0;
        if (part.style.flexGrow !== String(share)) part.style.flexGrow = String(share);
      });
      setText(usual, usualWords(shown, baseline && usualText(baseline.running)));
      const remarks = baseline && remarkText(baseline);
      show(remark, remarks !== undefined);
      setText(remarkWords, remarks ?? '');
      const ending = live && baseline ? endText(baseline, formatTime) : undefined;
      show(end, ending !== undefined);
      setText(end, sentence(ending ?? ''));
    },
  };
}

function usualWords({ past }: Shown, usual: string | undefined): string {
  if (!past) return l10n.t('Looking at earlier runs…');
  if (past.problem !== undefined) return l10n.t('Earlier runs are not known. {0}', past.problem);
  return usual === undefined ? l10n.t('Too few earlier runs to say what is usual.') : sentence(usual);
}

function stretchesOf(shown: Shown, now: number, end: Date | undefined): Stretch[] {
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

/** A job that runs without telling since when: nobody knows how long it waited. */
function startsLate({ state, startedOn }: Job): boolean {
  return !startedOn && state !== 'waiting';
}

/** With a capital and a full stop. */
function sentence(words: string): string {
  return words === '' ? '' : `${words.charAt(0).toLocaleUpperCase()}${words.slice(1)}.`;
}
