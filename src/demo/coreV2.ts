import { results, states, type DemoJob } from './demoJob';
import { commonSortFields, find, type Filters } from './find';
import { badRequest, HttpError, ok, type DemoRequest, type Routes } from './http';
import { cancelJob, jobById } from './oneJob';
import { integer, parseJson, text, uuid, word } from './params';

/** The limit that `limit=0` stands for. Collibra doesn't document its own. */
const defaultLimit = 100;

const filters: Filters = {
  createdBy: { ...uuid, of: (job) => job.createdBy },
  states: { ...word(...states), many: true, of: (job) => job.state },
  results: { ...word(...results), many: true, of: (job) => job.result },
  types: { ...text, many: true, of: (job) => job.type },
  visible: { ...word('true', 'false'), of: (job) => String(job.visibility === 0) },
};

const sortFields = {
  ...commonSortFields,
  STATE: (job: DemoJob) => job.state,
  CREATED_ON: (job: DemoJob) => job.createdOn,
  CREATED_BY: (job: DemoJob) => job.createdBy,
};

/** The jobs of Core REST 2.0. */
export const coreV2: Routes = {
  'GET /rest/2.0/jobs': (request) => {
    // Has no effect, but a value that is no integer is refused.
    integer(request.params, 'maxVisibility', -(2 ** 31));
    const { rows } = find(request, filters, sortFields, 'CREATED_ON');
    const jobs = rows.map(({ job }) => toWire(job));
    return ok(offsetPage(request, jobs));
  },
  'GET /rest/2.0/jobs/:id': (request) => ok(toWire(jobById(request))),
  'POST /rest/2.0/jobs/:id/canceled': (request) => {
    const job = jobById(request);
    cancelJob(request, job, cancelMessage(request) ?? 'Canceled by user');
    return { status: 202 };
  },
};

/** The part of a list that `offset`, `limit` and `countLimit` ask for, as Core REST 2.0 answers it. */
export function offsetPage({ params }: DemoRequest, all: readonly unknown[]) {
  const offset = integer(params, 'offset', 0) ?? 0;
  const limit = (integer(params, 'limit', 0, 1000) ?? 0) || defaultLimit;
  const countLimit = integer(params, 'countLimit', -1) ?? -1;
  const counted = countLimit === -1 ? all.length : Math.min(all.length, countLimit);
  // A total that wasn't counted means nothing; -1 shows up at once wherever it is taken for a number.
  const total = countLimit === 0 ? -1 : counted;
  return { total, offset, limit, results: all.slice(offset, offset + limit) };
}

function cancelMessage({ body, contentType = '' }: DemoRequest): string | undefined {
  if (body === undefined) return undefined;
  if (!/^application\/json\b/i.test(contentType)) {
    throw new HttpError(415, 'unsupportedMediaType', 'The request body must be application/json.');
  }
  const request = parseJson(body);
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw badRequest('The request body must be a JSON object.');
  }
  const message = 'message' in request ? (request.message ?? undefined) : undefined;
  if (message === undefined || typeof message === 'string') return message;
  throw badRequest('message must be a string.');
}

/** Core REST 2.0 `Job`: the demo's own words, without what this contract lacks. */
function toWire({ progress, ...job }: DemoJob) {
  const lacking = { selfManaged: undefined, plan: undefined, cancel: undefined };
  return { ...job, ...lacking, resourceType: 'Job', progressPercentage: progress };
}
