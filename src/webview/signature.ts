import type { Point } from '../jobs/baseline';

/** What tells a drawing of these runs from another. One that goes on is drawn again when it has become 1% longer. */
export function signatureOf(points: readonly Point[]): string {
  return JSON.stringify(
    points.map((point) => ({ ...point, duration: Math.round(70 * Math.log2(point.duration + 1)) })),
  );
}
