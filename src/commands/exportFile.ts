import { everyJob } from '../jobs/everything';
import { exported, type ExportFormat } from '../jobs/exported';
import type { Job } from '../jobs/job';
import type { JobQuery, JobsApi } from '../jobs/query';
import { writeWhole } from './wholeFile';

export interface ExportOptions {
  readonly query: JobQuery;
  /** These jobs, without asking for any. */
  readonly jobs?: readonly Job[];
  readonly format: ExportFormat;
  /** Absolute path of the file; it is replaced when it is there. */
  readonly file: string;
  readonly signal?: AbortSignal;
  /** Hears now and then how many jobs are in the file so far. */
  readonly told?: (count: number) => void;
}

/** Writes all jobs that match to a file, whole or not at all. Answers how many jobs there were. */
export async function exportToFile(api: JobsApi, options: ExportOptions): Promise<number> {
  const { query, jobs, format, file, signal } = options;
  let count = 0;
  const told = (now: number) => {
    count = now;
    options.told?.(now);
  };
  await writeWhole(file, exported(jobs ?? everyJob(api, query, signal), format, told), signal);
  return count;
}
