export const states = ['WAITING', 'RUNNING', 'CANCELING', 'COMPLETED', 'CANCELED', 'ERROR'] as const;
/** The states of Core REST 2.0. Job API v1 has fewer: its wire file translates. */
export type State = (typeof states)[number];

export const results = ['NOT_SET', 'SUCCESS', 'COMPLETED_WITH_ERROR', 'FAILURE', 'ABORTED'] as const;
export type Result = (typeof results)[number];

/** How a job is going to go, decided when it is submitted. */
export interface Plan {
  /** Milliseconds from start to end. */
  readonly duration: number;
  readonly state: 'COMPLETED' | 'CANCELED' | 'ERROR';
  readonly result: Result;
  readonly message: string | undefined;
  /** Percent when it ends; not always 100. */
  readonly progress: number;
  /** Whether it ends before it ever starts. */
  readonly neverStarts: boolean;
  /** Rows that an import reads, and how many of them are refused. */
  readonly rows: number;
  readonly errors: number;
}

/** One job of the demo, in the words of Core REST 2.0 where it has them. Instants are ms since the epoch, UTC. */
export interface DemoJob {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly createdOn: number;
  /** UUID of the user who submitted it; the one it runs for is `userId`, mostly the same. */
  readonly createdBy: string;
  readonly userId: string;
  readonly system: boolean;
  readonly selfManaged: boolean;
  /** 0 is visible. Undocumented: the only published job of a person has 0, and filters gave a maximum. */
  readonly visibility: number;
  readonly cancelable: boolean;
  readonly plan: Plan;
  state: State;
  result: Result;
  message?: string | undefined;
  /** Percent, with fractions. */
  progress: number;
  startDate?: number;
  endDate?: number;
  lastModifiedOn?: number;
  lastModifiedBy?: string;
  /** A cancel that was accepted: when it takes effect, and what the job then says. */
  cancel?: { readonly at: number; readonly message: string };
}

export function isFinished({ state }: DemoJob): boolean {
  return state === 'COMPLETED' || state === 'CANCELED' || state === 'ERROR';
}
