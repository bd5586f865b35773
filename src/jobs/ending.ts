import { t } from '@vscode/l10n';
import { jobTitle, oneLine, stateLabelOf } from './format';
import { isActive, type Job } from './job';
import { formatNumber, plural } from './language';

/** Whose jobs' ends are told. */
export const tellings = ['off', 'watched', 'mine', 'all'] as const;
export type Telling = (typeof tellings)[number];

/** How jobs end, the worst first. `gone`: the instance has the job no longer, and doesn't say what became of it. */
export const endings = ['failed', 'withErrors', 'aborted', 'canceled', 'gone', 'completed'] as const;
export type Ending = (typeof endings)[number];

/** A job that is told of, and on which instance. */
export interface Told {
  readonly connection: string;
  /** The instance's name, as it is marked. */
  readonly instance: string;
  readonly job: Job;
}

/** A job that has ended, and how. */
export interface Ended extends Told {
  readonly ending: Ending;
  /** It ended while nobody looked. */
  readonly away: boolean;
}

/** How a job has ended; undefined while it goes on. One in a state that nobody knows tells by its result. */
export function endingOf(job: Job): Ending | undefined {
  if (isActive(job)) return undefined;
  if (job.state === 'failed' || job.state === 'canceled') return job.state;
  if (job.result === 'FAILURE') return 'failed';
  if (job.result === 'ABORTED') return 'aborted';
  return job.result === 'COMPLETED_WITH_ERROR' ? 'withErrors' : 'completed';
}

export type Level = 'error' | 'warning' | 'information';

/** How loudly the worst of several ends is told. */
export function levelOf(ended: readonly Ended[]): Level {
  if (ended.some(({ ending }) => ending === 'failed')) return 'error';
  return ended.every(({ ending }) => ending === 'completed') ? 'information' : 'warning';
}

/** What is told of jobs that ended, in one sentence. `capped`: there may be more than were looked at. */
export function endedText(ended: readonly Ended[], capped = false): string {
  const [first, ...more] = ended;
  const away = ended.every((each) => each.away);
  if (first && more.length === 0)
    return away ? t('While you were away: {0}', oneText(first)) : oneText(first);
  const instances = new Set(ended.map(({ instance }) => instance));
  const parts = endings.flatMap((ending) => {
    const count = ended.filter((each) => each.ending === ending).length;
    return count === 0 ? [] : [countText(ending, count)];
  });
  const [only] = instances;
  const how = parts.join(', ');
  const written = `${formatNumber(ended.length)}${capped ? '+' : ''}`;
  const several = instances.size > 1 || only === undefined;
  const forms = {
    other: (n: string) => {
      if (several)
        return away
          ? t('{0} jobs ended while you were away: {1}.', n, how)
          : t('{0} jobs ended: {1}.', n, how);
      return away
        ? t('{0} jobs ended on {1} while you were away: {2}.', n, only, how)
        : t('{0} jobs ended on {1}: {2}.', n, only, how);
    },
  };
  return plural(ended.length, forms, written);
}

function oneText({ job, instance, ending }: Ended): string {
  const name = oneLine(jobTitle(job), 80);
  switch (ending) {
    case 'failed':
      return t('"{0}" on {1} failed.', name, instance);
    case 'withErrors':
      return t('"{0}" on {1} completed with errors.', name, instance);
    case 'aborted':
      return t('"{0}" on {1} was aborted.', name, instance);
    case 'canceled':
      return t('"{0}" on {1} was canceled.', name, instance);
    case 'gone':
      return t('"{0}" is no longer on {1}; how it ended is not known.', name, instance);
    case 'completed':
      return job.state === 'other'
        ? t('"{0}" on {1} ended: {2}.', name, instance, stateLabelOf(job))
        : t('"{0}" on {1} completed.', name, instance);
  }
}

/** "2 failed" */
export function countText(ending: Ending, count: number): string {
  switch (ending) {
    case 'failed':
      return plural(count, {
        one: (n) => t({ message: '{0} failed', args: [n], comment: 'one job' }),
        other: (n) => t('{0} failed', n),
      });
    case 'withErrors':
      return t('{0} with errors', formatNumber(count));
    case 'aborted':
      return plural(count, {
        one: (n) => t({ message: '{0} aborted', args: [n], comment: 'one job' }),
        other: (n) => t('{0} aborted', n),
      });
    case 'gone':
      return plural(count, {
        one: (n) => t({ message: '{0} no longer there', args: [n], comment: 'one job' }),
        other: (n) => t('{0} no longer there', n),
      });
    case 'canceled':
      return plural(count, {
        one: (n) => t({ message: '{0} canceled', args: [n], comment: 'one job' }),
        other: (n) => t('{0} canceled', n),
      });
    case 'completed':
      return plural(count, {
        one: (n) => t({ message: '{0} completed', args: [n], comment: 'one job' }),
        other: (n) => t('{0} completed', n),
      });
  }
}
