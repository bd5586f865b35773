import * as l10n from '@vscode/l10n';
import { baselineOf } from '../jobs/baseline';
import { endText, remarkText, usualText } from '../jobs/baselineText';
import { element, icon, setAttribute, setText, show } from './dom';
import type { Part } from './part';
import { isLive, statusOf } from './status';
import { sentence, stretchesOf, usualWords } from './stretches';

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
      setText(usual, usualWords(past, baseline && usualText(baseline.running)));
      const remarks = baseline && remarkText(baseline);
      show(remark, remarks !== undefined);
      setText(remarkWords, remarks ?? '');
      const ending = live && baseline ? endText(baseline, formatTime) : undefined;
      show(end, ending !== undefined);
      setText(end, ending === undefined ? '' : sentence(ending));
    },
  };
}
