import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Job } from '../../src/jobs/job';
import type { ImportErrors, ImportSummary, NoImportResult, PageRequest } from '../../src/jobs/query';
import { Store } from '../../src/jobs/store';
import { job } from './jobs';

/** A session in memory, whose answers a test sets; it notes what was asked. */
export class FakeSession {
  readonly id = 'c1';
  readonly profile = { id: 'c1', name: 'Acme', url: 'https://acme.test', auth: 'bearer' } as const;
  readonly store = new Store({ kind: 'ready', since: 0 });
  readonly asked: string[] = [];
  served: Job | undefined;
  /** Why the job, or its past, can't be read. */
  unreadable?: Error;
  pastFailure?: Error;
  named: Record<string, string> = {};
  watched = false;
  summaries: (ImportSummary | NoImportResult | Error | Promise<ImportSummary>)[] = [];
  errorPages: (ImportErrors | NoImportResult | Error | Promise<ImportErrors>)[] = [];
  /** What the pages of errors were asked with. */
  readonly pages: PageRequest[] = [];

  get state() {
    return this.store.state;
  }

  async read(id: string): Promise<Job | undefined> {
    this.asked.push('job');
    await turn();
    if (this.unreadable) throw this.unreadable;
    if (this.served) this.store.upsert([this.served]);
    else this.store.remove(id);
    return this.served;
  }

  names(): Promise<Record<string, string>> {
    this.asked.push('names');
    return Promise.resolve(this.named);
  }

  earlier(): Promise<readonly Job[]> {
    this.asked.push('past');
    if (this.pastFailure) return Promise.reject(this.pastFailure);
    return Promise.resolve([job('before', { state: 'completed', message: 'A long text' })]);
  }

  watches(): boolean {
    return this.watched;
  }

  refusal(): string | undefined {
    return undefined;
  }

  importResults() {
    return Promise.resolve({
      summary: () => {
        this.asked.push('summary');
        return answer(this.summaries.shift());
      },
      errors: (_id: string, page: PageRequest) => {
        this.asked.push('errors');
        this.pages.push(page);
        return answer(this.errorPages.shift());
      },
    });
  }

  taken(): string[] {
    return this.asked.splice(0);
  }
}

function answer<T>(next: T | Error | Promise<T> | undefined): Promise<T> {
  if (next === undefined) return assert.fail('asked more than was expected');
  return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
}

export function errors(messages: readonly string[], more: Partial<ImportErrors> = {}): ImportErrors {
  return { kind: 'errors', errors: messages.map((message) => ({ message, indices: [] })), ...more };
}
