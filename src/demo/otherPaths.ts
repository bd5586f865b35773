import { offsetPage } from './coreV2';
import { isFinished, type DemoJob } from './demoJob';
import { HttpError, ok, type DemoRequest, type Routes } from './http';
import { jobById } from './oneJob';
import { checked, uuid } from './params';
import { currentUser, users } from './users';

/** The further paths of Core REST 2.0 that exist whichever generation serves the jobs. */
export const otherPaths: Routes = {
  'GET /rest/2.0/users/:id': ({ id }) => ok(id === 'current' ? currentUser : userById(id)),
  'GET /rest/2.0/import/results/:id/summary': (request) => ok(summary(finishedImport(request))),
  'GET /rest/2.0/import/results/:id/errors': (request) =>
    ok(offsetPage(request, importErrors(finishedImport(request)))),
};

function userById(id: string) {
  const wanted = checked('userId', id, uuid);
  const user = users.find((candidate) => candidate.id === wanted);
  if (!user) throw new HttpError(404, 'userNotFound', `There is no user with the id ${id}.`);
  return user;
}

function finishedImport(request: DemoRequest): DemoJob {
  const job = jobById(request);
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
  const assets = { added, updated: kept - added, removed: 0 };
  const attributes = { added: added * 2, updated: kept, removed: Math.floor(kept / 10) };
  const category = { id: '00000000-0000-0000-0000-000000003114', name: 'Description' };
  const subcategories = [{ category, counters: attributes }];
  return {
    resourceTypes: [
      { resourceType: 'Asset', counters: assets, subcategories: [] },
      { resourceType: 'Attribute', counters: attributes, subcategories },
    ],
    errorsCount: errorCount(job),
    importJobState: stateOfResult[job.result],
  };
}

function importErrors(job: DemoJob) {
  const refused = job.result === 'COMPLETED_WITH_ERROR';
  return Array.from({ length: errorCount(job) }, (_, index) => {
    const row = 1 + index * Math.floor(job.plan.rows / job.plan.errors);
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
