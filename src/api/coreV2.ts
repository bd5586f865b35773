import { t } from '@vscode/l10n';
import type { Job, JobState } from '../jobs/job';
import type { Capabilities, JobQuery, JobsApi, Page, PageRequest, PageToken, SortField } from '../jobs/query';
import { requireCancelable } from './cancelable';
import { instantFromMillis, readJob, readOffsetPage, readRows, type Dialect } from './fields';
import { filterLists, nothing } from './filters';
import type { Http } from './http';
import type { Log } from './log';

const path = '/rest/2.0/jobs';

/** Core REST 2.0 `states`. */
const stateWords: Partial<Record<JobState, string>> = {
  waiting: 'WAITING',
  running: 'RUNNING',
  canceling: 'CANCELING',
  completed: 'COMPLETED',
  canceled: 'CANCELED',
  failed: 'ERROR',
};

/** Core REST 2.0 `sortField`. */
const sortWords: Record<SortField, string> = {
  name: 'NAME',
  type: 'TYPE',
  createdOn: 'CREATED_ON',
  createdBy: 'CREATED_BY',
  startedOn: 'START_DATE',
  endedOn: 'END_DATE',
  state: 'STATE',
  result: 'RESULT',
};

const capabilities: Capabilities = {
  generation: 'core-2.0',
  totals: true,
  largestPage: 1000,
  sortFields: Object.keys(sortWords) as SortField[],
  states: Object.keys(stateWords) as JobState[],
  visible: true,
  userField: 'createdBy',
};

/** The jobs of an instance that speaks Core REST 2.0. */
export class CoreV2 implements JobsApi {
  readonly capabilities = capabilities;

  constructor(
    private readonly http: Http,
    private readonly log: Log,
  ) {}

  async find(query: JobQuery, page: PageRequest, signal?: AbortSignal): Promise<Page> {
    const lists = filterLists(query, stateWords);
    if (!lists) return nothing(page);

    const start = parseToken(page.after);
    // Pages overlap by a row: when it is found, nothing between the two pages was missed.
    const overlap = start.anchor === undefined ? 0 : 1;
    const limit = Math.min(Math.max(1, page.limit) + overlap, capabilities.largestPage);
    const offset = Math.max(0, start.offset - overlap);
    const { body, serverTime } = await this.http.request({
      method: 'GET',
      path,
      query: {
        offset,
        limit,
        countLimit: page.count ? -1 : 0,
        createdBy: query.user,
        name: query.name,
        nameMatchMode: query.name === undefined ? undefined : query.nameMatchMode,
        states: lists.states,
        results: lists.results,
        types: query.types,
        visible: query.visible,
        sortField: query.sort && sortWords[query.sort.field],
        sortOrder: query.sort?.order.toUpperCase(),
      },
      signal,
    });
    return { ...this.readPage(body, { offset, limit, anchor: start.anchor, count: page.count }), serverTime };
  }

  async get(id: string, signal?: AbortSignal): Promise<Job> {
    const { body } = await this.http.request({
      method: 'GET',
      path: `${path}/${encodeURIComponent(id)}`,
      signal,
      job: true,
    });
    const job = parseJob(body);
    if (!job) throw this.http.error('badAnswer', { detail: t('a job without an id') });
    return job;
  }

  async cancel(id: string, message?: string, signal?: AbortSignal, sending?: () => void): Promise<void> {
    requireCancelable(await this.get(id, signal), this.http);
    sending?.();
    await this.http.request({
      method: 'POST',
      path: `${path}/${encodeURIComponent(id)}/canceled`,
      body: message === undefined ? {} : { message },
      signal,
      job: true,
    });
  }

  private readPage(
    body: unknown,
    asked: { offset: number; limit: number; anchor?: string; count?: boolean },
  ): Page {
    const page = readOffsetPage(body, asked);
    if (!page) throw this.http.error('badAnswer', { detail: t('no list of jobs') });
    const parsed = readRows(page.rows, parseJob, this.log);

    const seen = asked.anchor === undefined ? -1 : parsed.findIndex((job) => job?.id === asked.anchor);
    const jobs = parsed.slice(seen + 1).filter((job) => job !== undefined);
    return {
      jobs,
      next: page.next === undefined ? undefined : token(page.next, parsed.at(-1)?.id),
      total: page.total,
      contiguous: asked.anchor === undefined || seen >= 0,
    };
  }
}

const dialect: Dialect = { user: 'userId', instant: instantFromMillis };

/** A job from Core REST 2.0's `Job`; undefined when it has no id. */
export function parseJob(value: unknown): Job | undefined {
  return readJob(value, dialect);
}

/** `<offset>:<id of the row before it>` */
function token(offset: number, anchor: string | undefined): PageToken {
  return `${offset}:${anchor ?? ''}` as PageToken;
}

function parseToken(token: PageToken | undefined): { offset: number; anchor?: string } {
  if (token === undefined) return { offset: 0 };
  const colon = token.indexOf(':');
  return { offset: Number(token.slice(0, colon)), anchor: token.slice(colon + 1) || undefined };
}
