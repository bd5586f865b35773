import { formatDuration } from './format';
import type { Job } from './job';
import { prettyMessage } from './message';
import type { ImportSummary } from './query';

/** A job as people compare it with another: times as they read them, and lengths of time beside the instants. */
export function readableJob(job: Job, summary: ImportSummary | undefined): string {
  const { createdOn, startedOn, endedOn, message } = job;
  const between = (from: Date | undefined, to: Date | undefined) =>
    from && to && to >= from ? formatDuration(to.getTime() - from.getTime()) : undefined;
  const whole = {
    ...job,
    message: lines(message),
    waited: between(createdOn, startedOn),
    ran: between(startedOn, endedOn),
    import: summary && { ...summary, kind: undefined },
  };
  return JSON.stringify(whole, undefined, 2);
}

/**
 * A line of the message is a line of the text, so that lines are compared; JSON is laid out. What parsing would lose of
 * it, long numbers for example, may be all that differs: then its own lines are kept.
 */
function lines(message: string | undefined): unknown {
  if (message === undefined) return undefined;
  const { text, json } = prettyMessage(message);
  if (json) {
    const value: unknown = JSON.parse(text);
    if (JSON.stringify(value, undefined, 2) === text) return value;
  }
  return text.includes('\n') ? text.split('\n') : message;
}
