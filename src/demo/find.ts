import type { DemoJob } from './demoJob';
import type { DemoRequest } from './http';
import { text, value, values, word, type Rule } from './params';

/** By parameter: what may be given, and what of a job must be among it. Nothing given lets every job pass. */
export type Filters = Readonly<Record<string, Rule & { readonly of: (job: DemoJob) => string }>>;

/** By word, what a list is sorted by. */
type SortFields = Readonly<Record<string, (job: DemoJob) => string | number | undefined>>;

/** Those that both generations have. */
export const commonSortFields: SortFields = {
  NAME: (job) => job.name,
  TYPE: (job) => job.type,
  START_DATE: (job) => job.startDate,
  END_DATE: (job) => job.endDate,
  RESULT: (job) => job.result,
};

/** Where a job stands in a sorted list: the sorted value, then the newest first, then any fixed order. */
export type Place = readonly [value: string | number | null, createdOn: number, id: string];

/** The jobs that pass every filter, in the order that is asked for; without a sort field the newest first. */
export function find(
  { world, params }: DemoRequest,
  filters: Filters,
  fields: SortFields,
  defaultField = '',
) {
  const field = value(params, 'sortField', word(...Object.keys(fields))) ?? defaultField;
  const order = value(params, 'sortOrder', word('ASC', 'DESC')) ?? 'DESC';
  const compare = (a: Place, b: Place) => {
    const first = compareValues(a[0], b[0]);
    return (order === 'ASC' ? first : -first) || b[1] - a[1] || compareValues(a[2], b[2]);
  };
  const tests = Object.entries(filters).map(([name, filter]) => {
    const wanted = values(params, name, filter);
    return (job: DemoJob) => wanted?.includes(filter.of(job)) ?? true;
  });
  const nameMatches = nameTest(params);
  const rows = world
    .jobs()
    .filter((job) => nameMatches(job.name) && tests.every((passes) => passes(job)))
    .map((job) => ({ job, place: [fields[field]?.(job) ?? null, job.createdOn, job.id] as const }))
    .sort((a, b) => compare(a.place, b.place));
  return { rows, compare, sortedBy: `${field} ${order}` };
}

/** Without case, but EXACT with it. */
function nameTest(params: URLSearchParams): (name: string) => boolean {
  const wanted = value(params, 'name', text);
  const mode = value(params, 'nameMatchMode', word('START', 'END', 'ANYWHERE', 'EXACT')) ?? 'ANYWHERE';
  if (wanted === undefined) return () => true;
  if (mode === 'EXACT') return (name) => name === wanted;
  const part = wanted.toLowerCase();
  if (mode === 'START') return (name) => name.toLowerCase().startsWith(part);
  if (mode === 'END') return (name) => name.toLowerCase().endsWith(part);
  return (name) => name.toLowerCase().includes(part);
}

/** An empty value counts as the largest, as in PostgreSQL; what Collibra does isn't documented. */
function compareValues(a: Place[0], b: Place[0]): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b ? -1 : 1;
}
