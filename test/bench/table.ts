import type { Figure } from './figure';

/** The figures as lines of text, each with its limit and whether it reaches it. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${shown(figure.value)} ${figure.unit}`,
    limit(figure),
    reached(figure) ? '' : 'missed',
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** A value that couldn't be computed reaches nothing. */
export function reached({ value, atMost = Infinity, atLeast = -Infinity }: Figure): boolean {
  return value <= atMost && value >= atLeast;
}

function limit({ atMost, atLeast }: Figure): string {
  if (atMost !== undefined) return `at most ${shown(atMost)}`;
  return atLeast === undefined ? '' : `at least ${shown(atLeast)}`;
}

function shown(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: Math.abs(value) < 100 ? 3 : 21 });
}
