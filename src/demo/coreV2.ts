import { results, states, type DemoJob } from './demoJob';
import { compareKeys, matches, nameMatchModes, sortKey, sortOrders, type SortValue } from './find';
import { badRequest, HttpError, type DemoRequest, type Route } from './http';
import { jobById, refuseCancel } from './jobById';
import { currentUser } from './lifelike';
import { offsetPage } from './pages';
import { Params } from './params';
import type { World } from './world';

const sortFields = {
  NAME: (job) => job.name,
  TYPE: (job) => job.type,
  CREATED_ON: (job) => job.createdOn,
  CREATED_BY: (job) => job.createdBy,
  START_DATE: (job) => job.startDate,
  END_DATE: (job) => job.endDate,
  STATE: (job) => job.state,
  RESULT: (job) => job.result,
} as const satisfies Record<string, SortValue>;
const sortFieldNames = Object.keys(sortFields) as (keyof typeof sortFields)[];

/** The jobs of Core REST 2.0, below /rest/2.0. */
export function coreV2(world: World): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/rest\/2\.0\/jobs$/,
      answer: ({ params }) => ({ status: 200, body: find(world, new Params(params)) }),
    },
    {
      method: 'GET',
      path: /^\/rest\/2\.0\/jobs\/([^/]+)$/,
      answer: (_request, id = '') => ({ status: 200, body: toWire(jobById(world, id)) }),
    },
    {
      method: 'POST',
      path: /^\/rest\/2\.0\/jobs\/([^/]+)\/canceled$/,
      answer: (request, id = '') => {
        const job = jobById(world, id);
        const outcome = world.cancel(job, cancelMessage(request), currentUser.id);
        if (outcome !== 'accepted') refuseCancel(job, outcome);
        return { status: 202 };
      },
    },
  ];
}

function find(world: World, params: Params) {
  // Has no effect, but a value that is no integer is refused.
  params.integer('maxVisibility', { otherwise: 0, min: -(2 ** 31) });
  const filter = {
    createdBy: params.uuid('createdBy'),
    name: params.text('name'),
    nameMatchMode: params.word('nameMatchMode', nameMatchModes) ?? 'ANYWHERE',
    states: params.words('states', states),
    results: params.words('results', results),
    types: params.texts('types'),
    visible: params.boolean('visible'),
  };
  const order = params.word('sortOrder', sortOrders) ?? 'DESC';
  const value = sortFields[params.word('sortField', sortFieldNames) ?? 'CREATED_ON'];
  const found = world
    .jobs()
    .filter((job) => matches(job, filter))
    .sort((a, b) => compareKeys(sortKey(a, value), sortKey(b, value), order));
  const page = offsetPage(params, found);
  return { ...page, results: page.results.map(toWire) };
}

function cancelMessage({ body, contentType }: DemoRequest): string {
  const otherwise = 'Canceled by user';
  if (body === undefined) return otherwise;
  if (!/^application\/json\b/i.test(contentType ?? '')) {
    throw new HttpError(415, 'unsupportedMediaType', 'The request body must be application/json.');
  }
  let request: unknown;
  try {
    request = JSON.parse(body);
  } catch {
    throw badRequest('The request body is not JSON.');
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw badRequest('The request body must be a JSON object.');
  }
  const message = 'message' in request ? (request.message ?? otherwise) : otherwise;
  if (typeof message !== 'string') throw badRequest('message must be a string.');
  return message;
}

/** Core REST 2.0 `Job`; what is undefined is left out. */
function toWire(job: DemoJob) {
  return {
    id: job.id,
    createdBy: job.createdBy,
    createdOn: job.createdOn,
    lastModifiedBy: job.lastModifiedBy,
    lastModifiedOn: job.lastModifiedOn,
    system: job.system,
    resourceType: 'Job',
    name: job.name,
    type: job.type,
    userId: job.userId,
    visibility: job.visibility,
    progressPercentage: job.progress,
    cancelable: job.cancelable,
    startDate: job.startDate,
    endDate: job.endDate,
    state: job.state,
    result: job.result,
    message: job.message,
  };
}
