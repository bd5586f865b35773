import { results, type DemoJob } from './demoJob';
import {
  compareKeys,
  matches,
  nameMatchModes,
  sortKey,
  sortOrders,
  type SortKey,
  type SortValue,
} from './find';
import { badRequest, type Route } from './http';
import { jobById, refuseCancel } from './jobById';
import { currentUser } from './lifelike';
import { Params } from './params';
import type { World } from './world';

/** UTF-16 units, as a server written in Java counts them. */
const longestMessage = 128;

const states = ['WAITING', 'RUNNING', 'COMPLETED', 'FAILED', 'DELETED'] as const;

const sortFields = {
  NAME: (job) => job.name,
  TYPE: (job) => job.type,
  START_DATE: (job) => job.startDate,
  END_DATE: (job) => job.endDate,
  STATE: (job) => stateOf(job),
  RESULT: (job) => job.result,
} as const satisfies Record<string, SortValue>;
const sortFieldNames = Object.keys(sortFields) as (keyof typeof sortFields)[];

/** The jobs of Job API v1, below /rest/jobs/v1. */
export function jobsV1(world: World): Route[] {
  const one = /^\/rest\/jobs\/v1\/jobs\/([^/]+)$/;
  return [
    {
      method: 'GET',
      path: /^\/rest\/jobs\/v1\/jobs$/,
      answer: ({ params }) => ({ status: 200, body: find(world, new Params(params)) }),
    },
    {
      method: 'GET',
      path: one,
      answer: (_request, id = '') => ({ status: 200, body: toWire(jobById(world, id)) }),
    },
    {
      method: 'DELETE',
      path: one,
      answer: ({ params }, id = '') => {
        const message = new Params(params).text('message') ?? 'Deleted by user';
        if (message.length > longestMessage) {
          throw badRequest(`message may have ${longestMessage} characters at most.`);
        }
        const job = jobById(world, id);
        const outcome = world.cancel(job, message, currentUser.id);
        if (outcome === 'notCancelable') refuseCancel(job, outcome);
        // The trap of this generation: deleting a job that has finished loses its record.
        if (outcome === 'finished') world.remove(job);
        return { status: 204 };
      },
    },
  ];
}

function find(world: World, params: Params) {
  const pageSize = params.integer('pageSize', { otherwise: 10, min: 1, max: 50 });
  const wanted = params.words('state', states);
  const filter = {
    name: params.text('name'),
    nameMatchMode: params.word('nameMatchMode', nameMatchModes) ?? 'ANYWHERE',
    states: undefined,
    results: params.words('result', results),
    types: params.texts('type'),
    userId: params.uuid('user'),
  };
  const order = params.word('sortOrder', sortOrders) ?? 'DESC';
  const field = params.word('sortField', sortFieldNames);
  const sort = `${field ?? ''} ${order}`;
  const after = readCursor(params.text('cursor'), sort);
  // Without a sort field all values are equal, which leaves the newest first.
  const value: SortValue = field ? sortFields[field] : () => undefined;
  const rows = world
    .jobs()
    .filter((job) => matches(job, filter) && (wanted?.includes(stateOf(job)) ?? true))
    .map((job) => ({ job, key: sortKey(job, value) }))
    .filter(({ key }) => !after || compareKeys(key, after, order) > 0)
    .sort((a, b) => compareKeys(a.key, b.key, order));
  const page = rows.slice(0, pageSize);
  const last = rows.length > pageSize ? page.at(-1) : undefined;
  return { results: page.map(({ job }) => toWire(job)), nextCursor: last && writeCursor(last.key, sort) };
}

/** A cursor holds the place of the page's last row, so rows that come and go elsewhere shift nothing. */
function writeCursor(key: SortKey, sort: string): string {
  return Buffer.from(JSON.stringify([sort, ...key])).toString('base64url');
}

function readCursor(cursor: string | undefined, sort: string): SortKey | undefined {
  if (cursor === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 4 && parts[0] === sort)
      return parts.slice(1) as unknown as SortKey;
  } catch {
    // Told below, like a cursor of another list.
  }
  throw badRequest('cursor is not one that this list gave.');
}

/** There is no CANCELING: until it has ended, a canceled job looks as it did before. */
function stateOf(job: DemoJob): (typeof states)[number] {
  if (job.state === 'CANCELING') return job.startDate === undefined ? 'WAITING' : 'RUNNING';
  if (job.state === 'ERROR') return 'FAILED';
  return job.state === 'CANCELED' ? 'DELETED' : job.state;
}

/** Job API v1 `Job`, dates in RFC 3339; what is undefined is left out. */
function toWire(job: DemoJob) {
  const date = (instant: number | undefined) =>
    instant === undefined ? undefined : new Date(instant).toISOString();
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
