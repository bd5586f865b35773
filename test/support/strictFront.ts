import { readFileSync } from 'node:fs';
import type { Job } from '../../src/jobs/job';
import { json, loopback, type Loopback } from './loopback';
import { contractFile } from './prism';

interface Parameter {
  readonly name: string;
  readonly in: string;
}
interface Contract {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>
  >;
}

/** The names of the query parameters that a contract knows for an operation. */
export function queryParameters(contract: string, method: string, path: string): readonly string[] {
  const { paths } = JSON.parse(readFileSync(contractFile(contract), 'utf8')) as Contract;
  const parameters = paths[path]?.[method.toLowerCase()]?.parameters ?? [];
  return parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
}

/**
 * Stands in front of a mock, which lets unknown parameters and too large limits pass: both are answered 418 here.
 * `known` answers a single job by itself, since what a mock says of one is random.
 */
export function strictFront(
  contract: string,
  prefix: string,
  upstream: string,
  known: () => Readonly<Record<string, unknown>> | undefined,
): Promise<Loopback> {
  return loopback((request, response) => {
    const { method, query, headers, body } = request;
    const path = request.path.startsWith(prefix) ? request.path.slice(prefix.length) : '';
    const template = path.replace(/^\/jobs\/[^/]+/, '/jobs/{jobId}');
    const names = queryParameters(contract, method, template);
    const limit = Number(query.get('limit') ?? query.get('pageSize') ?? 1);
    const most = contract === 'jobs-v1' ? 50 : 1000;
    const unknown = [...query.keys()].filter((name) => !names.includes(name));
    if (path === '' || unknown.length > 0 || limit < 1 || limit > most) {
      json(response, { userMessage: `not in the contract: ${path} ${unknown.join()} ${limit}` }, 418);
      return;
    }
    const job = method === 'GET' && template !== path ? known() : undefined;
    if (job) {
      json(response, job);
      return;
    }
    const search = query.size > 0 ? `?${query.toString()}` : '';
    const passed = {
      authorization: headers.authorization ?? '',
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    void fetch(upstream + path + search, { method, headers: passed, ...(body ? { body } : {}) }).then(
      async (answer) => {
        const type = answer.headers.get('content-type');
        response
          .writeHead(answer.status, type === null ? {} : { 'content-type': type })
          .end(await answer.text());
      },
    );
  });
}

/** What must be true of every job, whatever the server sent. */
export function problemsOf(job: Job): string[] {
  const problems: string[] = [];
  if (job.id === '') problems.push('no id');
  for (const [name, value] of Object.entries(job)) {
    if (value instanceof Date && !(value.getTime() > 0)) problems.push(`${name} is no instant`);
    if (typeof value === 'number' && !Number.isFinite(value)) problems.push(`${name} is no number`);
  }
  if (job.progress !== undefined && (job.progress < 0 || job.progress > 100)) problems.push('progress');
  return problems;
}
