import type { DemoJob, State } from './demoJob';

export const nameMatchModes = ['START', 'END', 'ANYWHERE', 'EXACT'] as const;
export const sortOrders = ['ASC', 'DESC'] as const;

/** What jobs to find; what is undefined doesn't filter. */
export interface Filter {
  readonly name: string | undefined;
  readonly nameMatchMode: (typeof nameMatchModes)[number];
  readonly states: readonly State[] | undefined;
  readonly results: readonly string[] | undefined;
  readonly types: readonly string[] | undefined;
  readonly createdBy?: string | undefined;
  readonly userId?: string | undefined;
  readonly visible?: boolean | undefined;
}

export function matches(job: DemoJob, filter: Filter): boolean {
  const among = (list: readonly string[] | undefined, value: string) => list?.includes(value) ?? true;
  const is = <T>(wanted: T | undefined, value: T) => wanted === undefined || wanted === value;
  return (
    nameMatches(job.name, filter) &&
    among(filter.states, job.state) &&
    among(filter.results, job.result) &&
    among(filter.types, job.type) &&
    is(filter.createdBy, job.createdBy) &&
    is(filter.userId, job.userId) &&
    is(filter.visible, job.visibility === 0)
  );
}

function nameMatches(name: string, filter: Filter): boolean {
  if (filter.name === undefined) return true;
  if (filter.nameMatchMode === 'EXACT') return name === filter.name;
  const [text, part] = [name.toLowerCase(), filter.name.toLowerCase()];
  if (filter.nameMatchMode === 'START') return text.startsWith(part);
  return filter.nameMatchMode === 'END' ? text.endsWith(part) : text.includes(part);
}

/** Where a job stands in a sorted list: the sorted value, then the newest first, then any fixed order. */
export type SortKey = readonly [value: string | number | null, createdOn: number, id: string];

export type SortValue = (job: DemoJob) => string | number | undefined;

export function sortKey(job: DemoJob, value: SortValue): SortKey {
  return [value(job) ?? null, job.createdOn, job.id];
}

export function compareKeys(a: SortKey, b: SortKey, order: 'ASC' | 'DESC'): number {
  const first = compareValues(a[0], b[0]);
  if (first !== 0) return order === 'ASC' ? first : -first;
  return b[1] - a[1] || compareValues(a[2], b[2]);
}

/** An empty value counts as the largest, as in PostgreSQL; what Collibra does isn't documented. */
function compareValues(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
