/** The environment variable with the address at which helpers say where they are. */
export const helperVariable = 'TEST_HELPER_URL';

/** What a helper says when its extension host has started. */
export interface Registration {
  /** The folder that the window has open: it tells the windows apart. */
  readonly folder: string;
  readonly port: number;
  readonly token: string;
}

/** A function's source, called with the API of VS Code and the argument. */
export interface Evaluation {
  readonly source: string;
  readonly argument: unknown;
}

export type Outcome = { readonly value: unknown } | { readonly error: string };
