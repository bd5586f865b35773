/** What a window is opened for. `extensions` are ids. */
export type Task =
  /** Stores a connection, with its secret. */
  | { readonly kind: 'connect'; readonly url: string; readonly token: string }
  /** Activates one after the other. */
  | { readonly kind: 'time'; readonly extensions: readonly string[] }
  /** Applies refreshes to the jobs tree and builds it anew, in turn. */
  | { readonly kind: 'apply' }
  /** Refreshes the jobs tree over an instance on which jobs come and go. */
  | { readonly kind: 'churn'; readonly url: string }
  /** Counts what they do while they are activated, one after the other. */
  | { readonly kind: 'count'; readonly extensions: readonly string[] };

/** ms, by extension. */
export type Times = Readonly<Record<string, number>>;

/** What an extension did until `activate()` resolved. */
export interface Counted {
  /** Connections, requests and fetches of the whole extension host. */
  readonly requests: readonly string[];
  /** Calls of `fs` and `fs/promises` that came from the extension's folder; loading of modules is none. */
  readonly reads: readonly string[];
  /** When it began and when it resolved, ms since the epoch. */
  readonly began: number;
  readonly ended: number;
}

export interface Applied {
  /** ms, by round. */
  readonly apply: readonly number[];
  readonly rebuild: readonly number[];
  /** Rows that were painted without having changed, or that changed and were not painted. */
  readonly wrong: number;
}

export interface Churned {
  /** Bytes in use, by the number of refreshes. */
  readonly heap: Readonly<Record<number, number>>;
  readonly warm: number;
  readonly refreshes: number;
}

export type Answer =
  | ({ readonly kind: 'apply' } & Applied)
  | ({ readonly kind: 'churn' } & Churned)
  | { readonly kind: 'connect' }
  | { readonly kind: 'time'; readonly times: Times }
  | { readonly kind: 'count'; readonly counted: Readonly<Record<string, Counted>> }
  | { readonly kind: 'error'; readonly error: string };

/** Beside the runner: what it shall do, and what came of it. */
export const taskFile = 'task.json';
export const answerFile = 'answer.json';
