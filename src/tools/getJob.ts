import type { Session } from '../connections/session';
import { noResultText } from '../jobs/importErrors';
import { isImport, type Job } from '../jobs/job';
import { connectionsFor, findOne, type Connections } from './chosen';
import { jobInput } from './input';
import { marked } from './marked';
import { connectionOf, errorOf, jobDetails, problemText, summaryOf, usualOf } from './output';

/** Errors of an import that are told. */
const mostErrors = 10;

/** Reads a job, what is usual for its kind, and what it imported. */
export async function getJob(connections: Connections, given: unknown, signal: AbortSignal) {
  const { connection, id } = jobInput(given);
  const { session, job } = await findOne(connectionsFor(connections, connection), id);
  signal.throwIfAborted();
  const [usual, imported] = await Promise.all([
    session.earlier(job).then((earlier) => usualOf(job, earlier, session.now()), problem),
    isImport(job) ? importOf(session, job, signal).catch(problem) : undefined,
  ]);
  signal.throwIfAborted();
  return marked({
    connection: connectionOf(session.profile),
    job: jobDetails(job, session.now()),
    usual,
    import: imported,
  });
}

async function importOf(session: Session, { id }: Job, signal: AbortSignal) {
  const results = await session.importResults();
  const summary = await results.summary(id, signal);
  if (summary.kind !== 'summary') return { problem: noResultText(summary) };
  const told = summaryOf(summary);
  if (summary.errorsCount === 0) return told;
  const page = await results.errors(id, { limit: mostErrors, count: true }, signal);
  if (page.kind !== 'errors') return { ...told, problem: noResultText(page) };
  const first = page.errors.slice(0, mostErrors);
  const total = page.total ?? summary.errorsCount;
  return {
    ...told,
    firstErrors: first.map(errorOf),
    moreErrors: total === undefined ? page.next !== undefined : total - first.length,
  };
}

function problem(error: unknown) {
  return { problem: problemText(error) };
}
