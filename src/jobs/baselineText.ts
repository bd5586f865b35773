import { t } from '@vscode/l10n';
import type { Baseline, Usual } from './baseline';
import { formatDuration } from './format';
import { formatNumber } from './language';

/** What is usual, and how many runs say so: "usually 4 min (median of 37), 9 of 10 within 7 min". */
export function usualText({ count, median, ninthDecile }: Usual): string {
  return t(
    'usually {0} (median of {1}), 9 of 10 within {2}',
    formatDuration(median),
    formatNumber(count),
    formatDuration(roundedUp(ninthDecile)),
  );
}

/** How the job differs from what is usual, in a few words; undefined when it doesn't. */
export function remarkText({ slow, waitsLong }: Baseline): string | undefined {
  if (slow) return t('slower than usual');
  return waitsLong ? t('waits longer than usual') : undefined;
}

/** When the job probably ends; undefined where the past tells nothing. `formatInstant` writes the time of day. */
export function endText({ end }: Baseline, formatInstant: (instant: Date) => string): string | undefined {
  return end && t('probably done at {0} (an estimate)', formatInstant(end));
}

/** To the smaller unit that a duration is shown in: shown rounded down, fewer would have stayed within it. */
function roundedUp(ms: number): number {
  const second = 1000;
  const unit = ms < 3600 * second ? second : ms < 24 * 3600 * second ? 60 * second : 3600 * second;
  return Math.max(1, Math.ceil(ms / unit)) * unit;
}
