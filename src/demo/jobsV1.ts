import { isFinished, results, type DemoJob } from './demoJob';
import { commonSortFields, find, type Filters, type Place } from './find';
import { badRequest, ok, type DemoRequest, type Routes } from './http';
import { cancelJob, jobById } from './oneJob';
import { integer, parseJson, text, uuid, value, word } from './params';

/** UTF-16 units, as a server written in Java counts them. */
const longestMessage = 128;

const filters: Filters = {
  user: { ...uuid, of: (job) => job.userId },
  state: { ...word('WAITING', 'RUNNING', 'COMPLETED', 'FAILED', 'DELETED'), many: true, of: stateOf },
  result: { ...word(...results), many: true, of: (job) => job.result },
  type: { ...text, many: true, of: (job) => job.type },
};

/** The jobs of Job API v1. */
export const jobsV1: Routes = {
  'GET /rest/jobs/v1/jobs': (request) => ok(cursorPage(request)),
  'GET /rest/jobs/v1/jobs/:id': (request) => ok(toWire(jobById(request))),
  'DELETE /rest/jobs/v1/jobs/:id': (request) => {
    const message = value(request.params, 'message', text) ?? 'Deleted by user';
    if (message.length > longestMessage) {
      throw badRequest(`message may have ${longestMessage} characters at most.`);
    }
    const job = jobById(request);
    // The trap of this generation: deleting a job that has finished loses its record.
    if (isFinished(job)) request.world.remove(job);
    else cancelJob(request, job, message);
    return { status: 204 };
  },
};

function cursorPage(request: DemoRequest) {
  const pageSize = integer(request.params, 'pageSize', 1, 50) ?? 10;
  const { rows, compare, sortedBy } = find(request, filters, { ...commonSortFields, STATE: stateOf });
  const after = readCursor(value(request.params, 'cursor', text), sortedBy);
  const left = after ? rows.filter(({ place }) => compare(place, after) > 0) : rows;
  const page = left.slice(0, pageSize);
  const last = left.length > pageSize ? page.at(-1) : undefined;
  return {
    results: page.map(({ job }) => toWire(job)),
    nextCursor: last && writeCursor(last.place, sortedBy),
  };
}

/** A cursor holds the place of the page's last row, so rows that come and go elsewhere shift nothing. */
function writeCursor(place: Place, sortedBy: string): string {
  return Buffer.from(JSON.stringify([sortedBy, ...place])).toString('base64url');
}

function readCursor(cursor: string | undefined, sortedBy: string): Place | undefined {
  if (cursor === undefined) return undefined;
  const parts = parseJson(Buffer.from(cursor, 'base64url').toString());
  if (Array.isArray(parts) && parts.length === 4 && parts[0] === sortedBy) {
    return parts.slice(1) as unknown as Place;
  }
  throw badRequest('cursor is not one that this list gave.');
}

/** There is no CANCELING: until it has ended, a canceled job looks as it did before. */
function stateOf({ state, startDate }: DemoJob): string {
  if (state === 'CANCELING') return startDate === undefined ? 'WAITING' : 'RUNNING';
  if (state === 'ERROR') return 'FAILED';
  return state === 'CANCELED' ? 'DELETED' : state;
}

/** Job API v1 `Job`, dates in RFC 3339; what is undefined is left out. */
function toWire(job: DemoJob) {
  const date = (instant?: number) => (instant === undefined ? undefined : new Date(instant).toISOString());
  return {
    id: job.id,
    createdBy: job.createdBy,
    createdOn: date(job.createdOn),
    lastModifiedBy: job.lastModifiedBy,
    lastModifiedOn: date(job.lastModifiedOn),
    user: job.userId,
    selfManaged: job.selfManaged,
    name: job.name,
    type: job.type,
    state: stateOf(job),
    result: job.result,
    message: job.message,
    progressPercentage: Math.floor(job.progress),
    startDate: date(job.startDate),
    endDate: date(job.endDate),
  };
}
