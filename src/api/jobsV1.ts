import { t } from '@vscode/l10n';
import type { Job, JobState } from '../jobs/job';
import type { Capabilities, JobQuery, JobsApi, Page, PageRequest, PageToken, SortField } from '../jobs/query';
import { requireCancelable } from './cancelable';
import { instantFromText, readJob, readRows, record, text, type Dialect } from './fields';
import { filterLists, nothing } from './filters';
import type { Http } from './http';
import type { Log } from './log';

export const path = '/rest/jobs/v1/jobs';

/** Job API v1 `state`. There is no word for a job that is being canceled. */
const stateWords: Partial<Record<JobState, string>> = {
  waiting: 'WAITING',
  running: 'RUNNING',
  completed: 'COMPLETED',
  failed: 'FAILED',
  canceled: 'DELETED',
};

/** Job API v1 `sortField`. Without one the newest come first, which is the one order by creation that it has. */
const sortWords: Partial<Record<SortField, string>> = {
  name: 'NAME',
  type: 'TYPE',
  startedOn: 'START_DATE',
  endedOn: 'END_DATE',
  state: 'STATE',
  result: 'RESULT',
};

const capabilities: Capabilities = {
  generation: 'jobs-v1',
  totals: false,
  largestPage: 50,
  sortFields: Object.keys(sortWords) as SortField[],
  states: Object.keys(stateWords) as JobState[],
  visible: false,
  userField: 'user',
  cancelMessageLength: 128,
};

/** The jobs of an instance that speaks Job API v1. */
export class JobsV1 implements JobsApi {
  readonly capabilities = capabilities;

  constructor(
    private readonly http: Http,
    private readonly log: Log,
  ) {}

  async find(query: JobQuery, page: PageRequest, signal?: AbortSignal): Promise<Page> {
    if (query.visible !== undefined)
      throw this.http.error('unsupported', { detail: t("it can't filter by visibility") });
    const sort = this.sortParameters(query);
    const lists = filterLists(query, stateWords);
    if (!lists) return nothing(page);
    const { body, serverTime } = await this.http.request({
      method: 'GET',
      path,
      query: {
        name: query.name,
        nameMatchMode: query.name === undefined ? undefined : query.nameMatchMode,
        state: lists.states,
        result: lists.results,
        type: query.types,
        user: query.user,
        ...sort,
        cursor: page.after,
        pageSize: Math.min(Math.max(1, page.limit), capabilities.largestPage),
      },
      signal,
    });
    return { ...this.readPage(body, page.after), serverTime };
  }

  async get(id: string, signal?: AbortSignal): Promise<Job> {
    const { body } = await this.http.request({ method: 'GET', path: jobPath(id), signal, job: true });
    const job = parseJob(body);
    if (!job) throw this.http.error('badAnswer', { detail: t('a job without an id') });
    return job;
  }

  async cancel(id: string, message?: string, signal?: AbortSignal, sending?: () => void): Promise<void> {
    const { cancelMessageLength = Infinity } = capabilities;
    if (message !== undefined && Array.from(message).length > cancelMessageLength)
      throw this.http.error('unsupported', {
        detail: t('a cancel message has at most {0} characters', cancelMessageLength),
      });
    requireCancelable(await this.get(id, signal), this.http);
    sending?.();
    await this.http.request({ method: 'DELETE', path: jobPath(id), query: { message }, signal, job: true });
  }

  private sortParameters({ sort }: JobQuery): { sortField?: string; sortOrder?: string } {
    if (!sort || (sort.field === 'createdOn' && sort.order === 'desc')) return {};
    const sortField = sortWords[sort.field];
    if (sortField === undefined)
      throw this.http.error('unsupported', { detail: t("it can't sort by this field in this order") });
    return { sortField, sortOrder: sort.order.toUpperCase() };
  }

  private readPage(body: unknown, asked: PageToken | undefined): Page {
    const answer = record(body);
    const rows = answer?.['results'];
    if (!answer || !Array.isArray(rows)) throw this.http.error('badAnswer', { detail: t('no list of jobs') });
    const jobs = readRows(rows, parseJob, this.log).filter((job) => job !== undefined);
    const next = text(answer['nextCursor']) as PageToken | undefined;
    // A cursor that leads to itself would be followed for ever.
    return { jobs, next: next === asked ? undefined : next, contiguous: true };
  }
}

const dialect: Dialect = { user: 'user', instant: instantFromText };

/** A job from Job API v1's `Job`; undefined when it has no id. */
export function parseJob(value: unknown): Job | undefined {
  return readJob(value, dialect);
}

function jobPath(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
