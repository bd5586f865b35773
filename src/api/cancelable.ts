import { t } from '@vscode/l10n';
import { isActive, isCancelable, type Job } from '../jobs/job';
import type { Http } from './http';

/**
 * Throws a `CollibraError` of kind `conflict` unless the job, as it was just read, can still be canceled: in
 * Job API v1 a cancel that comes too late would delete the record of the job.
 */
export function requireCancelable(job: Job, http: Pick<Http, 'error'>): void {
  if (isCancelable(job)) return;
  if (!isActive(job)) throw http.error('conflict', { detail: t('the job has already finished') });
  if (job.state === 'canceling')
    throw http.error('conflict', { detail: t('the job is being canceled already') });
  throw http.error('conflict', { detail: t("this job can't be canceled once submitted") });
}
