import { matches, orderOf, parseFilter, type Filter } from '../jobs/filter';
import type { Job } from '../jobs/job';
import type { Capabilities, JobSort } from '../jobs/query';
import type { Below } from '../jobs/rows';
import { below, parseSort } from '../jobs/sort';
import type { Shown } from '../jobs/store';

/** Which jobs a person wants to see, and in which order. */
export interface Wanted {
  readonly filter: Filter;
  /** As usual without. */
  readonly sort?: JobSort;
}

/** Remembers what the person wants to see of a connection; what comes back is input. */
export interface WantedMemory {
  get(connection: string): unknown;
  /** Undefined: the connection was removed. */
  set(connection: string, wanted: Wanted | undefined): void;
}

/** Which jobs of a connection are shown, and in which order; remembered. */
export class ShownJobs implements Shown {
  private current: Wanted;
  private rule?: Below;

  constructor(
    private readonly connection: string,
    private readonly memory: WantedMemory,
    private readonly session: { now(): number; readonly capabilities: Capabilities | undefined },
  ) {
    const kept = (memory.get(connection) ?? {}) as Partial<Record<keyof Wanted, unknown>>;
    this.current = { filter: parseFilter(kept.filter), sort: parseSort(kept.sort) };
    this.order();
  }

  get filter(): Filter {
    return this.current.filter;
  }

  /** What the person wants; a filter by time has an order of its own. */
  get sort(): JobSort | undefined {
    return this.current.sort;
  }

  /** How lists are asked for; undefined: as usual. */
  get sorted(): JobSort | undefined {
    return orderOf(this.filter, this.sort);
  }

  change(parts: Partial<Wanted>): void {
    this.current = { ...this.current, ...parts };
    this.memory.set(this.connection, this.current);
    this.order();
  }

  wanted(job: Job): boolean {
    return matches(job, this.filter, this.session.now(), this.session.capabilities?.userField);
  }

  /** Whether a job is wanted in some state, not only in the one that it has. */
  concerns(job: Job): boolean {
    const filter = { ...this.filter, states: undefined, results: undefined, ended: undefined };
    return matches(job, filter, this.session.now(), this.session.capabilities?.userField);
  }

  below(): Below | undefined {
    return this.rule;
  }

  private order(): void {
    this.rule = this.sorted && below(this.sorted);
  }
}
