import type { Params } from './params';

/** The limit that `limit=0` stands for. Collibra doesn't document its own. */
const defaultLimit = 100;

/** The part of a list that `offset`, `limit` and `countLimit` ask for, as Core REST 2.0 answers it. */
export function offsetPage<Row>(params: Params, rows: readonly Row[]) {
  const offset = params.integer('offset', { otherwise: 0, min: 0 });
  const limit = params.integer('limit', { otherwise: 0, min: 0, max: 1000 }) || defaultLimit;
  const countLimit = params.integer('countLimit', { otherwise: -1, min: -1 });
  // A total that wasn't counted means nothing; -1 shows up at once wherever it is taken for a number.
  const skipped = countLimit === 0;
  const total = skipped ? -1 : countLimit === -1 ? rows.length : Math.min(rows.length, countLimit);
  return { total, offset, limit, results: rows.slice(offset, offset + limit) };
}
