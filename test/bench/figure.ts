/** One line of the bench's table. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** "requests", "bytes", "kB", "×", "%" … */
  readonly unit: string;
  /** What the value must reach: no more than `atMost`, no less than `atLeast`. */
  readonly atMost?: number;
  readonly atLeast?: number;
  /** What it was computed from, so that it can be followed. */
  readonly detail?: Readonly<Record<string, number | string | readonly number[]>>;
}
