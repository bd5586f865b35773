import { t } from '@vscode/l10n';
import { jobTitle, oneLine } from './format';
import { isActive, type Job } from './job';

/** Whose jobs' ends are told. */
export const tellings = ['off', 'watched', 'mine', 'all'] as const;
export type Telling = (typeof tellings)[number];

/** How jobs end, the worst first. */
export const endings = ['failed', 'withErrors', 'canceled', 'completed'] as const;
export type Ending = (typeof endings)[number];

/** A job that has ended, on which instance, and how. */
export interface Ended {
  readonly connection: string;
  /** The instance's name, as it is marked. */
  readonly instance: string;
  readonly job: Job;
  readonly ending: Ending;
}

/** How a job has ended; undefined while it goes on, and of a state that nobody knows. */
export function endingOf(job: Job): Ending | undefined {
  if (isActive(job) || job.state === 'other') return undefined;
  if (job.state === 'failed' || job.state === 'canceled') return job.state;
  if (job.result === 'FAILURE') return 'failed';
  return job.result === 'COMPLETED_WITH_ERROR' || job.result === 'ABORTED' ? 'withErrors' : 'completed';
}

/** How loudly the worst of several ends is told. */
export function levelOf(ended: readonly Ended[]): 'error' | 'warning' | 'information' {
  const has = (ending: Ending) => ended.some((each) => each.ending === ending);
  if (has('failed')) return 'error';
  return has('withErrors') || has('canceled') ? 'warning' : 'information';
}

/** What is told of jobs that ended, in one sentence. */
export function endedText(ended: readonly Ended[]): string {
  const [first, ...more] = ended;
  if (first && more.length === 0) return oneText(first);
  const instances = new Set(ended.map(({ instance }) => instance));
  const parts = endings.flatMap((ending) => {
    const count = ended.filter((each) => each.ending === ending).length;
    return count === 0 ? [] : [countText(ending, count)];
  });
  const [only] = instances;
  return instances.size === 1 && only !== undefined
    ? t('{0} jobs ended on {1}: {2}.', ended.length, only, parts.join(', '))
    : t('{0} jobs ended: {1}.', ended.length, parts.join(', '));
}

function oneText({ job, instance, ending }: Ended): string {
  const name = oneLine(jobTitle(job), 80);
  switch (ending) {
    case 'failed':
      return t('"{0}" on {1} failed.', name, instance);
    case 'withErrors':
      return job.result === 'ABORTED'
        ? t('"{0}" on {1} was aborted.', name, instance)
        : t('"{0}" on {1} completed with errors.', name, instance);
    case 'canceled':
      return t('"{0}" on {1} was canceled.', name, instance);
    case 'completed':
      return t('"{0}" on {1} completed.', name, instance);
  }
}

/** "2 failed" */
export function countText(ending: Ending, count: number): string {
  switch (ending) {
    case 'failed':
      return t('{0} failed', count);
    case 'withErrors':
      return t('{0} with errors', count);
    case 'canceled':
      return t('{0} canceled', count);
    case 'completed':
      return t('{0} completed', count);
  }
}
