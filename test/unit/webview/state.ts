import type { DetailsState } from '../../../src/details/protocol';
import type { Job } from '../../../src/jobs/job';

export const ada = 'eb527160-2949-414c-9878-c8572bac393d';
export const created = new Date('2026-03-01T10:00:00.000Z');
export const started = new Date('2026-03-01T10:01:00.000Z');
export const ended = new Date('2026-03-01T10:05:12.345Z');

/** A state of the page, with a job that is running unless told otherwise. */
export function stateWith(job: Partial<Job> = {}, rest: Partial<DetailsState> = {}): DetailsState {
  return {
    connection: { id: 'c1', name: 'Demo', url: 'http://127.0.0.1:1234' },
    users: { [ada]: 'Ada Lovelace' },
    canCancel: false,
    watched: false,
    canWatch: false,
    cancelOff: false,
    gone: false,
    clockOffset: 0,
    ...rest,
    job: { id: 'fdf9e319-94b9-43e2-b04d-6b4594e427d5', state: 'running', ...job },
  };
}
