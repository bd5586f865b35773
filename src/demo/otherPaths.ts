import { isFinished, type DemoJob } from './demoJob';
import { HttpError, type Route } from './http';
import { jobById } from './jobById';
import { currentUser, users } from './lifelike';
import { offsetPage } from './pages';
import { Params, parseUuid } from './params';
import type { World } from './world';

/** The further paths of Core REST 2.0 that exist whichever generation serves the jobs. */
export function otherPaths(world: World): Route[] {
  return [
    {
      method: 'GET',
      path: /^\/rest\/2\.0\/users\/current$/,
      answer: () => ({ status: 200, body: currentUser }),
    },
    {
      method: 'GET',
      path: /^\/rest\/2\.0\/users\/(?!current$)([^/]+)$/,
      answer: (_request, id = '') => {
        const wanted = parseUuid('userId', id);
        const user = users.find((candidate) => candidate.id === wanted);
        if (!user) throw new HttpError(404, 'userNotFound', `There is no user with the id ${id}.`);
        return { status: 200, body: user };
      },
    },
    {
      method: 'GET',
      path: /^\/rest\/2\.0\/import\/results\/([^/]+)\/summary$/,
      answer: (_request, id = '') => ({ status: 200, body: summary(finishedImport(world, id)) }),
    },
    {
      method: 'GET',
      path: /^\/rest\/2\.0\/import\/results\/([^/]+)\/errors$/,
      answer: ({ params }, id = '') => {
        const rows = importErrors(finishedImport(world, id));
        return { status: 200, body: offsetPage(new Params(params), rows) };
      },
    },
  ];
}

function finishedImport(world: World, id: string): DemoJob {
  const job = jobById(world, id);
  if (job.type !== 'IMPORT') {
    throw new HttpError(404, 'importNotFound', `The job "${job.name}" has no import result.`);
  }
  if (!isFinished(job)) {
    throw new HttpError(400, 'importNotFinished', `The import "${job.name}" has not finished.`);
  }
  return job;
}

const stateOfResult = {
  NOT_SET: 'COMPLETED',
  SUCCESS: 'COMPLETED',
  COMPLETED_WITH_ERROR: 'COMPLETED_WITH_ERRORS',
  FAILURE: 'FAILED',
  ABORTED: 'ABORTED',
} as const;

function summary(job: DemoJob) {
  // An import that didn't complete is rolled back.
  const kept = job.state === 'COMPLETED' && job.result !== 'ABORTED' ? job.plan.rows - job.plan.errors : 0;
  const added = Math.floor(kept / 3);
  const counters = { added, updated: kept - added, removed: 0 };
  const attributes = { added: added * 2, updated: kept, removed: Math.floor(kept / 10) };
  const category = { id: '00000000-0000-0000-0000-000000003114', name: 'Description' };
  return {
    resourceTypes: [
      { resourceType: 'Asset', counters, subcategories: [] },
      {
        resourceType: 'Attribute',
        counters: attributes,
        subcategories: [{ category, counters: attributes }],
      },
    ],
    errorsCount: errorCount(job),
    importJobState: stateOfResult[job.result],
  };
}

function importErrors(job: DemoJob) {
  return Array.from({ length: errorCount(job) }, (_, index) => {
    const row = 1 + index * Math.floor(job.plan.rows / job.plan.errors);
    const refused = job.result === 'COMPLETED_WITH_ERROR';
    return {
      errorType: refused ? 'VALIDATION' : 'RUNTIME',
      resourceType: 'Asset',
      errorMessage: refused
        ? `Row ${row}: the status "Aproved" does not exist.`
        : 'The connection to the source was closed.',
      command: { indices: [row], identifier: `row-${row}` },
    };
  });
}

/** A person's cancel overtakes the errors that the job would have met. */
function errorCount(job: DemoJob): number {
  return job.cancel ? 0 : job.plan.errors;
}
