import { formatDuration } from './format';
import { duration, type Job } from './job';
import type { ImportCounts, ImportSummary } from './query';

/** A job as people compare it with another: times as they read them, and lengths of time beside the instants. */
export function readableJob(job: Job, summary: ImportSummary | undefined): string {
  const { createdOn, startedOn, endedOn, message } = job;
  const between = (from: Date | undefined, to: Date | undefined) =>
    from && to && to >= from ? formatDuration(to.getTime() - from.getTime()) : undefined;
  const ran = endedOn && duration(job, endedOn.getTime());
  const whole = {
    ...job,
    message: lines(message),
    waited: between(createdOn, startedOn),
    ran: ran === undefined ? undefined : formatDuration(ran),
    import: summary && readableImport(summary),
  };
  return JSON.stringify(whole, undefined, 2);
}

/** A line of the message is a line of the text, so that lines are compared; JSON is laid out. */
function lines(message: string | undefined): unknown {
  if (message === undefined) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    const all = message.split(/\r\n|\r|\n/);
    return all.length > 1 ? all : message;
  }
}

function readableImport({ state, errorsCount, types }: ImportSummary) {
  const counts = ({ added, updated, removed }: ImportCounts) => ({ added, updated, removed });
  const all = types.map(({ resourceType = '', categories, ...own }) => [
    resourceType,
    {
      ...counts(own),
      ...Object.fromEntries(categories.map(({ id, name = id ?? '', ...each }) => [name, counts(each)])),
    },
  ]);
  return { state, errors: errorsCount, types: Object.fromEntries(all) as unknown };
}
