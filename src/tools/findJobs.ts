import type { Session } from '../connections/session';
import { boundOf, orderOf, queryOf, type Filter } from '../jobs/filter';
import { FilteredJobs, type Look } from '../jobs/filtered';
import type { Job } from '../jobs/job';
import type { JobsApi, Page, PageToken } from '../jobs/query';
import { connectionsFor, type Connections } from './chosen';
import { findInput } from './input';
import { connectionOf, jobRow, problemText } from './output';
import { marked } from './marked';

/** Pages that are looked through on one instance for jobs of a time: nobody sees how long it takes, or ends it. */
const mostPages = 20;

interface Some {
  readonly jobs: readonly Job[];
  readonly more: boolean;
  /** How many there are; undefined where the instance doesn't tell. */
  readonly total?: number;
  /** How far was looked for those of a time, where that isn't all the way. */
  readonly lookedBackTo?: Date;
}

/** Finds jobs on one connection or all; where one can't be asked, that is said beside what the others have. */
export async function findJobs(connections: Connections, given: unknown, signal: AbortSignal) {
  const { connection, filter, limit } = findInput(given);
  const sessions = connectionsFor(connections, connection);
  const found = await Promise.all(
    sessions.map(async (session) => {
      try {
        const { jobs, more, total, lookedBackTo } = await someOf(session, filter, limit, signal);
        const now = session.now();
        const rows = jobs.map((job) => jobRow(job, now));
        return { connection: connectionOf(session.profile), jobs: rows, more, total, lookedBackTo };
      } catch (error) {
        signal.throwIfAborted();
        return { connection: connectionOf(session.profile), problem: problemText(error) };
      }
    }),
  );
  return marked({ connections: found });
}

async function someOf(session: Session, filter: Filter, limit: number, signal: AbortSignal): Promise<Some> {
  const api = await session.api();
  if (!boundOf(filter)) return firstOf(api, filter, limit, signal);
  let pages = 0;
  const looking = (look: Look | undefined) => {
    if (++pages >= mostPages) look?.stop();
  };
  const filtered = new FilteredJobs(api, {
    filter: () => filter,
    now: (told) => told ?? session.now(),
    looking,
  });
  return firstOf(filtered, filter, limit, signal);
}

/** The first jobs of a list, from as many pages as it takes. Newest first. */
async function firstOf(api: JobsApi, filter: Filter, limit: number, signal: AbortSignal): Promise<Some> {
  const query = { ...queryOf(filter), sort: orderOf(filter, undefined) };
  // Pages that moved meanwhile repeat rows.
  const jobs = new Map<string, Job>();
  let total: number | undefined;
  let page: Page | undefined;
  let after: PageToken | undefined;
  let before: number;
  let pages = 0;
  do {
    before = jobs.size;
    // One job and the count would be taken for the count alone.
    const asked = { limit: Math.max(2, limit - jobs.size), after, count: page === undefined };
    page = await api.find(query, asked, signal);
    total ??= page.total;
    for (const job of page.jobs) jobs.set(job.id, job);
    after = page.next;
    // A server that repeats a page would be asked for ever.
  } while (after !== undefined && jobs.size < limit && jobs.size > before && ++pages < mostPages);
  const lookedBackTo = jobs.size < limit ? page.lookedBackTo : undefined;
  const most = [...jobs.values()].slice(0, limit);
  const more = after !== undefined || jobs.size > limit;
  return { jobs: most, more, total: total ?? (more ? undefined : jobs.size), lookedBackTo };
}
