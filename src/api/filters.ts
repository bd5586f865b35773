import { knownResults, type JobState } from '../jobs/job';
import type { JobQuery, Page, PageRequest } from '../jobs/query';

/** The lists of a query in a generation's own words; undefined when one of them can match nothing. */
export function filterLists(
  query: JobQuery,
  words: Partial<Record<JobState, string>>,
): { readonly states?: readonly string[]; readonly results?: readonly string[] } | undefined {
  const states = query.states?.flatMap((state) => words[state] ?? []);
  const results = query.results?.filter((result) => (knownResults as readonly string[]).includes(result));
  return [states, results, query.types].some((list) => list?.length === 0) ? undefined : { states, results };
}

/** What a list that matches nothing finds; nothing is sent for it. */
export function nothing(page: PageRequest): Page {
  return { jobs: [], total: page.count ? 0 : undefined, contiguous: true };
}
