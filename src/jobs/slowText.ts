import { t } from '@vscode/l10n';
import type { Baseline } from './baseline';
import type { Told } from './ending';
import { formatDuration, jobTitle, oneLine } from './format';
import { plural } from './language';

/** A job that takes longer than usual. */
export interface Slow extends Told {
  readonly baseline: Baseline;
}

/** What is told of jobs of one instance that take longer than usual, in one sentence. */
export function slowText(slow: readonly Slow[], now: number): string {
  const [first, ...more] = slow;
  if (!first) return '';
  if (more.length > 0)
    return plural(slow.length, {
      other: (n) => t('{0} jobs on {1} take longer than usual.', n, first.instance),
    });
  const { job, instance, baseline } = first;
  const name = oneLine(jobTitle(job), 80);
  const since = (baseline.slow ? job.startedOn : job.createdOn)?.getTime() ?? now;
  const usual = formatDuration((baseline.slow ? baseline.running : baseline.waiting)?.median ?? 0);
  return baseline.slow
    ? t(
        '"{0}" on {1} has been running for {2}, usually {3}.',
        name,
        instance,
        formatDuration(now - since),
        usual,
      )
    : t(
        '"{0}" on {1} has been waiting for {2}, usually {3}.',
        name,
        instance,
        formatDuration(now - since),
        usual,
      );
}
