import type { JobState } from '../../../src/jobs/job';

/** Which jobs an instance of the bench has. */
export interface Plan {
  /** Number of jobs, finished ones included. */
  readonly jobs: number;
  /** Number of jobs that are waiting, running or canceling. They are the newest. */
  readonly active: number;
  /** When the newest job was created, ms since the epoch, UTC. */
  readonly newest: number;
}

/** A job is known by its number, 0 for the oldest; all else of it is computed. */
export interface Numbered {
  readonly n: number;
  readonly state: Exclude<JobState, 'other'>;
}

export interface Selection {
  /** All states unless told. */
  readonly states?: ReadonlySet<JobState>;
  readonly order: 'asc' | 'desc';
}

/** Consecutive jobs whose states repeat. */
interface Stretch {
  readonly from: number;
  readonly length: number;
  readonly cycle: readonly Numbered['state'][];
}

/** Of twenty finished jobs one failed and one was canceled. */
const finished = Array.from({ length: 20 }, (_, n) =>
  n === 3 ? 'failed' : n === 11 ? 'canceled' : 'completed',
);
/** Of ten started jobs one is canceling. */
const started = Array.from({ length: 10 }, (_, n) => (n === 7 ? 'canceling' : 'running'));

/**
 * The jobs of a plan, none of which is stored. Creation, start and end all grow with the number and what hasn't
 * happened yet counts as latest, so that these three orders are one, and any row of any filter is found by division.
 */
export class Population {
  private readonly stretches: readonly Stretch[];

  constructor(readonly plan: Plan) {
    const waiting = Math.floor(plan.active / 5);
    const ended = plan.jobs - plan.active;
    this.stretches = [
      { from: 0, length: ended, cycle: finished },
      { from: ended, length: plan.active - waiting, cycle: started },
      { from: plan.jobs - waiting, length: waiting, cycle: ['waiting'] },
    ];
  }

  count(states: Selection['states']): number {
    return this.parts(states).reduce((sum, { count }) => sum + count, 0);
  }

  /** The rows from `offset`, at most `limit` of them. */
  select({ states, order }: Selection, offset: number, limit: number): readonly Numbered[] {
    const parts = this.parts(states);
    const all = this.count(states);
    const length = Math.max(0, Math.min(limit, all - offset));
    return Array.from({ length }, (_, row) => {
      let rank = order === 'asc' ? offset + row : all - 1 - offset - row;
      let at = 0;
      for (; rank >= (parts[at]?.count ?? Infinity); at++) rank -= parts[at]?.count ?? 0;
      const { from, cycle, slots } = parts[at] ?? { from: 0, cycle: [], slots: [] };
      const slot = slots[rank % slots.length] ?? 0;
      const n = from + Math.floor(rank / slots.length) * cycle.length + slot;
      return { n, state: cycle[slot] ?? 'completed' };
    });
  }

  /** The job of this number. */
  get(n: number): Numbered | undefined {
    return Number.isInteger(n) && n >= 0 ? this.select({ order: 'asc' }, n, 1)[0] : undefined;
  }

  private parts(states: Selection['states']) {
    return this.stretches.map(({ from, length, cycle }) => {
      const slots = [...cycle.keys()].filter((slot) => states?.has(cycle[slot] ?? 'completed') ?? true);
      const rest = slots.filter((slot) => slot < length % cycle.length).length;
      return { from, cycle, slots, count: Math.floor(length / cycle.length) * slots.length + rest };
    });
  }
}
