/** A VS Code that runs from npm packages alone, with every version pinned. */
export interface HostVersion {
  /** The version of VS Code inside. */
  readonly vscode: string;
  /** The npm package whose `lib/vscode` is VS Code's server and web workbench. */
  readonly codeServer: string;
  /** The Node.js that this server is made for; npm package `node-<os>-<cpu>`. */
  readonly node: string;
  /** What it needs of git, by name, and the version that the npm registry has of it. */
  readonly registered?: Readonly<Record<string, string>>;
  /** Raised when `install.ts` makes something else of the same versions. */
  readonly revision: number;
}

export const hosts = {
  latest: { vscode: '1.139.1', codeServer: '4.139.1', node: '24.21.0', revision: 1 },
  /** The oldest that `engines` in `package.json` promises. */
  oldest: {
    ...{ vscode: '1.105.1', codeServer: '4.105.1', node: '22.23.3', revision: 1 },
    registered: { '@parcel/watcher': '2.5.1' },
  },
} as const satisfies Record<string, HostVersion>;

export type HostName = keyof typeof hosts;
