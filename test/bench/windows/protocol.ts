/** What a window is opened for. `extensions` are ids. */
export type Task =
  /** Stores a connection, with its secret. */
  | { readonly kind: 'connect'; readonly url: string; readonly token: string }
  /** Activates one after the other. */
  | { readonly kind: 'time'; readonly extensions: readonly string[] }
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

export type Answer =
  | { readonly kind: 'connect' }
  | { readonly kind: 'time'; readonly times: Times }
  | { readonly kind: 'count'; readonly counted: Readonly<Record<string, Counted>> }
  | { readonly kind: 'error'; readonly error: string };

/** Beside the runner: what it shall do, and what came of it. */
export const taskFile = 'task.json';
export const answerFile = 'answer.json';
