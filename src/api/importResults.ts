import { t } from '@vscode/l10n';
import type {
  ImportCounts,
  ImportErrors,
  ImportResults,
  ImportSummary,
  NoImportResult,
  PageRequest,
  PageToken,
} from '../jobs/query';
import { CollibraError } from './errors';
import { integer, isUuid, natural, readOffsetPage, record, text } from './fields';
import type { Http } from './http';
import type { Request } from './transport';

type Fields = Readonly<Record<string, unknown>>;

const largestPage = 1000;

/** What imports did; Core REST 2.0 `/import/results`, which exists whichever generation serves the jobs. */
export class CollibraImportResults implements ImportResults {
  constructor(private readonly http: Http) {}

  summary(jobId: string, signal?: AbortSignal): Promise<ImportSummary | NoImportResult> {
    return this.ask(jobId, 'summary', { signal }, (body) => {
      const answer = record(body);
      return answer && readSummary(answer);
    });
  }

  errors(
    jobId: string,
    { limit: wanted, after, count }: PageRequest,
    signal?: AbortSignal,
  ): Promise<ImportErrors | NoImportResult> {
    // The import has ended: its errors don't move under the pages.
    const offset = Number(after ?? 0);
    const limit = Math.min(Math.max(1, wanted), largestPage);
    const query = { offset, limit, countLimit: count ? -1 : 0 };
    return this.ask(jobId, 'errors', { query, signal }, (body) => {
      const page = readOffsetPage(body, { offset, limit, count });
      if (!page) return undefined;
      const next = page.next === undefined ? undefined : (String(page.next) as PageToken);
      return { kind: 'errors', errors: records(page.rows).map(readError), next, total: page.total };
    });
  }

  private async ask<T>(
    jobId: string,
    what: 'summary' | 'errors',
    request: Pick<Request, 'query' | 'signal'>,
    read: (body: unknown) => T | undefined,
  ): Promise<T | NoImportResult> {
    // The instance would answer 400, as for an import that has not finished.
    if (!isUuid(jobId)) return { kind: 'noImport' };
    const path = `/rest/2.0/import/results/${jobId}/${what}`;
    try {
      const { body } = await this.http.request({ method: 'GET', path, job: true, ...request });
      const result = read(body);
      if (result) return result;
    } catch (error) {
      if (!(error instanceof CollibraError)) throw error;
      if (error.kind === 'notFound') return { kind: 'noImport' };
      if (error.kind === 'unsupported' && error.status === 400) return { kind: 'notFinished' };
      throw error;
    }
    throw this.http.error('badAnswer', { detail: t('no result of an import') });
  }
}

function readSummary(answer: Fields): ImportSummary {
  return {
    kind: 'summary',
    state: text(answer['importJobState']),
    errorsCount: natural(answer['errorsCount']),
    types: records(answer['resourceTypes']).map((type) => ({
      resourceType: text(type['resourceType']),
      ...readCounts(type),
      categories: records(type['subcategories']).map((row) => {
        const category = record(row['category']);
        return { id: text(category?.['id']), name: text(category?.['name']), ...readCounts(row) };
      }),
    })),
  };
}

function readCounts(row: Fields): ImportCounts {
  const counters = record(row['counters']);
  return {
    added: natural(counters?.['added']),
    updated: natural(counters?.['updated']),
    removed: natural(counters?.['removed']),
  };
}

function readError(row: Fields) {
  const command = record(row['command']);
  return {
    type: text(row['errorType']),
    resourceType: text(row['resourceType']),
    message: text(row['errorMessage']),
    indices: list(command?.['indices']).filter((index) => integer(index) !== undefined) as number[],
    identifier: text(command?.['identifier']),
  };
}

/** The rows of a list that have fields. */
function records(value: unknown): Fields[] {
  return list(value)
    .map(record)
    .filter((row) => row !== undefined);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
