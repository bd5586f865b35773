import type { Tone } from './status';

/** A bar of the chart. */
export interface Bar {
  /** Part of the chart's height, 0 to 1. */
  readonly height: number;
  readonly tone: Tone;
  readonly current: boolean;
  readonly title: string;
  readonly press?: (() => void) | undefined;
}

const height = 96;
const step = 14;
const width = 10;

/** Bars from left to right, with a dashed line where `line` says, 0 to 1. For the eye and the mouse alone. */
export function bars(all: readonly Bar[], line: number | undefined): SVGElement {
  const chart = svg('svg', {
    viewBox: `0 0 ${all.length * step} ${height}`,
    width: String(all.length * step),
    height: String(height),
    'aria-hidden': 'true',
  });
  all.forEach((bar, at) => {
    // What took no time can still be seen.
    const tall = Math.max(2, bar.height * (height - 4));
    const x = at * step + (step - width) / 2;
    const group = svg('g', { 'data-tone': bar.tone, class: bar.current ? 'current' : '' });
    const title = svg('title', {});
    title.textContent = bar.title;
    group.append(
      title,
      // The whole column can be hit.
      svg('rect', {
        class: 'hit',
        x: String(at * step),
        y: '0',
        width: String(step),
        height: String(height),
      }),
      svg('rect', {
        class: 'bar',
        x: String(x),
        y: String(height - tall),
        width: String(width),
        height: String(tall),
        rx: '1',
      }),
    );
    const { press } = bar;
    if (press) {
      group.classList.add('pressable');
      group.addEventListener('click', press);
    }
    chart.append(group);
  });
  if (line !== undefined) {
    const y = String(height - line * (height - 4));
    chart.append(svg('line', { class: 'median', x1: '0', x2: String(all.length * step), y1: y, y2: y }));
  }
  return chart;
}

function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
