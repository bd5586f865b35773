import type { JobSort, SortField } from './query';
import { createdBefore, type Below } from './rows';

const fields: Readonly<Record<SortField, true>> = {
  name: true,
  type: true,
  createdOn: true,
  createdBy: true,
  startedOn: true,
  endedOn: true,
  state: true,
  result: true,
};

/**
 * Whether `a` stands below `b`. Names are compared as people would, which may not be how the database does; what is
 * empty counts as the largest, where databases put it. Of two that are the same the one created later stands on top.
 */
export function below({ field, order }: JobSort): Below {
  return (a, b) => {
    const compared = compare(a[field], b[field]);
    if (compared === 0) return createdBefore(a, b);
    return order === 'asc' ? compared > 0 : compared < 0;
  };
}

function compare(a: string | Date | undefined, b: string | Date | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return typeof a === 'string' ? a.localeCompare(String(b)) : a.getTime() - Number(b);
}

/** A sort as it was stored or given; undefined when it can't be understood. */
export function parseSort(stored: unknown): JobSort | undefined {
  if (typeof stored !== 'object' || stored === null) return undefined;
  const { field, order } = stored as Record<string, unknown>;
  if (typeof field !== 'string' || !Object.hasOwn(fields, field)) return undefined;
  return order === 'asc' || order === 'desc' ? { field: field as SortField, order } : undefined;
}
