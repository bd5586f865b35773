import { t } from '@vscode/l10n';
import type { Profile } from '../connections/profile';
import { baselineOf } from '../jobs/baseline';
import { remarkText, usualText } from '../jobs/baselineText';
import { formatDuration } from '../jobs/format';
import { isFailure, messageOf } from '../jobs/failure';
import { duration, isActive, isCompletedWithProblem, type Job } from '../jobs/job';
import type { ImportError, ImportSummary } from '../jobs/query';
import { bounded, cleaned, line, marked } from './marked';

/** Characters that are handed over of what stands in a list, and of a message that was asked for. */
const longest = { name: 200, word: 60, start: 200, message: 4000, sentence: 500 };
/** Kinds of resources of an import that are told. */
const mostTypes = 30;

/** A connection, as the other tools want it named. */
export function connectionOf({ id, name }: Pick<Profile, 'id' | 'name'>) {
  return { id, name: cleaned(name) };
}

/** A job in a list: instants in ISO, lengths of time in words. `now` is the server's, ms since the epoch. */
export function jobRow(job: Job, now: number) {
  const length = duration(job, now);
  const words = length === undefined ? undefined : formatDuration(length);
  const active = isActive(job);
  // Of what went well there is nothing to say in a list.
  const failed = job.state === 'failed' || job.state === 'canceled' || isCompletedWithProblem(job);
  return {
    id: line(job.id, longest.word),
    name: line(job.name, longest.name),
    type: line(job.type, longest.word),
    state: job.state === 'other' ? (line(job.rawState, longest.word) ?? job.state) : job.state,
    result: line(job.result, longest.word),
    progress: active ? job.progress : undefined,
    createdOn: iso(job.createdOn),
    startedOn: iso(job.startedOn),
    endedOn: iso(job.endedOn),
    running: active ? words : undefined,
    took: active ? undefined : words,
    message: failed ? line(job.message, longest.start) : undefined,
  };
}

/** A job by itself, with the most of its message that is handed over. */
export function jobDetails(job: Job, now: number) {
  const { text, cut } = bounded(job.message ?? '', longest.message);
  return {
    ...jobRow(job, now),
    progress: job.progress,
    cancelable: job.cancelable,
    message: text === '' ? undefined : text,
    messageCharactersLeftOut: cut === 0 ? undefined : cut,
  };
}

/** What is usual for jobs of its kind, lengths of time in words and in ms. */
export function usualOf(job: Job, earlier: readonly Job[], now: number) {
  const baseline = baselineOf(job, earlier, now);
  if (!baseline) return { text: t('too few earlier runs to tell what is usual') };
  const { running, waiting, end } = baseline;
  return {
    text: usualText(running),
    runs: running.count,
    medianMs: running.median,
    ninthDecileMs: running.ninthDecile,
    usualWaitMs: waiting?.median,
    remark: remarkText(baseline),
    probablyDoneOn: iso(end),
  };
}

/** What an import did, by kind of resource. */
export function summaryOf({ state, errorsCount, types }: ImportSummary) {
  const left = types.length - mostTypes;
  return {
    state: line(state, longest.word),
    errors: errorsCount,
    types: types.slice(0, mostTypes).map(({ resourceType, added, updated, removed }) => ({
      ...{ type: line(resourceType, longest.word), added, updated, removed },
    })),
    typesLeftOut: left > 0 ? left : undefined,
  };
}

/** An error of an import. */
export function errorOf({ type, resourceType, identifier, message }: ImportError) {
  return {
    type: line(type, longest.word),
    resourceType: line(resourceType, longest.word),
    identifier: line(identifier, longest.start),
    message: line(message, longest.sentence),
  };
}

/** What a connection could not tell, as a sentence. */
export function problemText(error: unknown): string {
  return line(messageOf(error), longest.sentence) ?? '';
}

/** An error for the model and the person. What the instance itself said is marked as all else of it. */
export function told(error: unknown): Error {
  const problem = problemText(error);
  // An address to which it redirects is the instance's own text, too.
  const theirs =
    isFailure(error) &&
    (error.kind === 'notCollibra' || ('userMessage' in error && error.userMessage !== undefined));
  if (!theirs) return new Error(problem);
  const happened =
    error.kind === 'signInNeeded'
      ? t('A person has to sign in again, with "Collibra Jobs: Sign In…".')
      : t('The instance did not do this.');
  return new Error(`${happened} ${marked({ problem })}`);
}

function iso(instant: Date | undefined): string | undefined {
  return instant && Number.isFinite(instant.getTime()) ? instant.toISOString() : undefined;
}
