import type { JobState } from '../../../src/jobs/job';
import { jobOf, numberOf } from './fields';
import type { Numbered, Population, Selection } from './population';

/** An answer of the instance: a status, and a body that becomes JSON. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

type Known = Numbered['state'];

/** How one generation says things. */
interface Words {
  /** The states that a word asks for. */
  readonly states: Readonly<Record<string, readonly Known[]>>;
  /** What the parameters are called. Any other is refused, so that nothing is answered by chance. */
  readonly state: string;
  readonly parameters: readonly string[];
  readonly largestPage: number;
}

const coreV2: Words = {
  states: {
    WAITING: ['waiting'],
    RUNNING: ['running'],
    CANCELING: ['canceling'],
    COMPLETED: ['completed'],
    CANCELED: ['canceled'],
    ERROR: ['failed'],
  },
  state: 'states',
  parameters: ['offset', 'limit', 'countLimit', 'states', 'sortField', 'sortOrder'],
  largestPage: 1000,
};

/** It has no word for a job that is being canceled: until that has ended it is running. */
const jobsV1: Words = {
  states: {
    WAITING: ['waiting'],
    RUNNING: ['running', 'canceling'],
    COMPLETED: ['completed'],
    FAILED: ['failed'],
    DELETED: ['canceled'],
  },
  state: 'state',
  parameters: ['cursor', 'pageSize', 'state', 'sortField', 'sortOrder'],
  largestPage: 50,
};

/** The orders that are one here. */
const sortFields = ['CREATED_ON', 'START_DATE', 'END_DATE'];

/** Core REST 2.0 `GET /jobs`. */
export function findCoreV2(population: Population, query: URLSearchParams): Reply {
  const selection = read(query, coreV2, sortFields);
  const offset = Number(query.get('offset') ?? 0);
  const asked = Number(query.get('limit') ?? 0);
  if (!selection || !(offset >= 0) || !(asked >= 0 && asked <= coreV2.largestPage)) return refusal;
  const limit = asked === 0 ? coreV2.largestPage : asked;
  const results = population.select(selection, offset, limit).map((row) => jobCoreV2(row, population));
  const counted = Number(query.get('countLimit') ?? -1) !== 0;
  return {
    status: 200,
    body: { total: counted ? population.count(selection.states) : 0, offset, limit, results },
  };
}

/** Job API v1 `GET /jobs`. */
export function findJobsV1(population: Population, query: URLSearchParams): Reply {
  const selection = read(query, jobsV1, sortFields.slice(1));
  const pageSize = Number(query.get('pageSize') ?? 10);
  // A cursor is opaque; here it is the number of rows before the page, written in hexadecimal.
  const offset = parseInt(query.get('cursor') ?? '0', 16);
  if (!selection || !(offset >= 0) || !(pageSize >= 1 && pageSize <= jobsV1.largestPage)) return refusal;
  const results = population.select(selection, offset, pageSize).map((row) => jobJobsV1(row, population));
  const end = offset + results.length;
  const more = end < population.count(selection.states);
  return {
    status: 200,
    body: { results, ...(more ? { nextCursor: end.toString(16).padStart(16, '0') } : {}) },
  };
}

/** `GET /jobs/{id}` of either generation. */
export function getJob(population: Population, id: string, generation: 'core-2.0' | 'jobs-v1'): Reply {
  const found = population.get(numberOf(id));
  if (!found) return { status: 404, body: { statusCode: 404, errorCode: 'jobNotFound' } };
  const write = generation === 'core-2.0' ? jobCoreV2 : jobJobsV1;
  return { status: 200, body: write(found, population) };
}

const refusal: Reply = {
  status: 400,
  body: { statusCode: 400, errorCode: 'badRequest', userMessage: "The bench's instance can't answer this." },
};

/** What is asked for; undefined when it can't be answered. */
function read(query: URLSearchParams, words: Words, fields: readonly string[]): Selection | undefined {
  const unknown = [...query.keys()].some((name) => !words.parameters.includes(name));
  const sorted = fields.includes(query.get('sortField') ?? fields[0] ?? '');
  const order = query.get('sortOrder') ?? 'DESC';
  const states = query.getAll(words.state).map((word) => words.states[word]);
  if (unknown || !sorted || !['ASC', 'DESC'].includes(order) || states.includes(undefined)) return undefined;
  return {
    states: states.length === 0 ? undefined : new Set<JobState>(states.flatMap((known) => known ?? [])),
    order: order === 'ASC' ? 'asc' : 'desc',
  };
}

/** The word for each state in an answer. */
function answered(words: Words): Readonly<Partial<Record<Known, string>>> {
  return Object.fromEntries(
    Object.entries(words.states).flatMap(([word, states]) => states.map((state) => [state, word])),
  );
}

const coreV2Words = answered(coreV2);
const jobsV1Words = answered(jobsV1);

function jobCoreV2(row: Numbered, { plan }: Population) {
  const job = jobOf(row, plan);
  return {
    id: job.id,
    createdBy: job.createdBy,
    createdOn: job.createdOn?.getTime(),
    system: false,
    resourceType: 'Job',
    name: job.name,
    type: job.type,
    userId: job.user,
    visibility: 0,
    progressPercentage: job.progress,
    cancelable: row.n % 2 === 0,
    startDate: job.startedOn?.getTime(),
    endDate: job.endedOn?.getTime(),
    state: coreV2Words[row.state],
    result: job.result,
    message: job.message,
  };
}

function jobJobsV1(row: Numbered, { plan }: Population) {
  const job = jobOf(row, plan);
  return {
    id: job.id,
    createdBy: job.createdBy,
    createdOn: job.createdOn?.toISOString(),
    user: job.user,
    selfManaged: false,
    name: job.name,
    type: job.type,
    state: jobsV1Words[row.state],
    result: job.result,
    message: job.message,
    progressPercentage: job.progress,
    startDate: job.startedOn?.toISOString(),
    endDate: job.endedOn?.toISOString(),
  };
}
