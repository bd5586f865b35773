import * as l10n from '@vscode/l10n';
import { baselineOf, pointsOf, type Point } from '../jobs/baseline';
import { formatDuration } from '../jobs/format';
import { plural } from '../jobs/language';
import { bars } from './chart';
import { element, setAttribute, setText, show, table } from './dom';
import type { Part } from './part';
import { signatureOf } from './signature';
import { statusOf, statusText } from './status';

/** Fewer runs are no past. */
const fewest = 2;

/** The durations and results of earlier jobs of the same kind, as a chart and as a table. */
export function createPast(formatInstant: (instant: Date) => string, open: (job: string) => void): Part {
  const chart = element('div', { class: 'chart', role: 'img' });
  const most = element('span', { class: 'secondary most', 'aria-hidden': 'true' });
  const median = element('span', { class: 'secondary' });
  const rows = element('tbody');
  const runs = table([l10n.t('Started'), l10n.t('Took'), l10n.t('Result')], rows);
  const root = element(
    'section',
    { class: 'past', 'aria-labelledby': 'past' },
    element('h2', { id: 'past' }, l10n.t('Earlier runs')),
    most,
    chart,
    median,
    element('details', {}, element('summary', {}, l10n.t('As a table')), runs),
  );
  let drawn = '';
  return {
    root,
    render({ job, past }, now) {
      const points = past ? pointsOf(job, past.runs, now) : [];
      show(root, points.length >= fewest);
      if (points.length < fewest) return;
      const signature = signatureOf(points);
      if (signature === drawn) return;
      drawn = signature;
      const longest = Math.max(...points.map(({ duration }) => duration));
      const usual = baselineOf(job, past?.runs ?? [], now)?.running.median;
      const told = points.map((point) => ({ point, words: statusText(point) }));
      chart.replaceChildren(
        bars(
          told.map(({ point, words }) => ({
            height: longest > 0 ? point.duration / longest : 0,
            tone: statusOf(point).tone,
            current: point.current,
            title: l10n.t(
              '{0}: {1}, {2}',
              formatInstant(point.startedOn),
              formatDuration(point.duration),
              words,
            ),
            press: point.current ? undefined : () => open(point.id),
          })),
          usual === undefined || longest === 0 ? undefined : usual / longest,
        ),
      );
      const spoken = plural(points.length, {
        other: (n) => l10n.t('Durations of {0} runs. They follow as a table.', n),
      });
      setAttribute(chart, 'aria-label', spoken);
      setText(most, formatDuration(longest));
      setText(
        median,
        usual === undefined ? '' : l10n.t('The dashed line is the median: {0}.', formatDuration(usual)),
      );
      fill(rows, told.toReversed(), formatInstant, open);
    },
  };
}

function fill(
  rows: HTMLElement,
  told: readonly { readonly point: Point; readonly words: string }[],
  formatInstant: (instant: Date) => string,
  open: (job: string) => void,
): void {
  const focused =
    document.activeElement instanceof HTMLElement ? document.activeElement.dataset['job'] : undefined;
  rows.replaceChildren(
    ...told.map(({ point, words }) => {
      const started = formatInstant(point.startedOn);
      const link = element('button', { class: 'plain', type: 'button', 'data-job': point.id }, started);
      link.addEventListener('click', () => open(point.id));
      const first = point.current ? l10n.t('{0} (this job)', started) : link;
      return element(
        'tr',
        point.current ? { class: 'current' } : {},
        element('td', {}, first),
        element('td', {}, formatDuration(point.duration)),
        element('td', {}, words),
      );
    }),
  );
  if (focused !== undefined) rows.querySelector<HTMLElement>(`[data-job="${CSS.escape(focused)}"]`)?.focus();
}
