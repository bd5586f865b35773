import { Emitter } from '../jobs/emitter';

/** How long what was just written counts, ms: the echo of an earlier write to VS Code's memory can take it away. */
const settling = 5000;

/** The jobs that a person watches, by connection; remembered. What comes back is input. */
export class Watched {
  private readonly changes = new Emitter<{ readonly connection: string; readonly ids: readonly string[] }>();
  readonly onDidChange = this.changes.event;

  /** What this window wrote of late. */
  private readonly own = new Map<string, { readonly ids: readonly string[]; readonly at: number }>();

  constructor(
    private readonly memory: {
      get(connection: string): unknown;
      set(connection: string, ids: readonly string[] | undefined): void;
    },
  ) {}

  of(connection: string): readonly string[] {
    const kept = this.memory.get(connection);
    const own = this.own.get(connection);
    if (own && Date.now() - own.at < settling) {
      if (JSON.stringify(kept ?? []) !== JSON.stringify(own.ids)) this.keep(connection, own.ids);
      return own.ids;
    }
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : [];
  }

  has(connection: string, id: string): boolean {
    return this.of(connection).includes(id);
  }

  add(connection: string, ids: readonly string[]): void {
    this.set(connection, [...new Set([...this.of(connection), ...ids])], ids);
  }

  remove(connection: string, ids: readonly string[]): void {
    const rest = this.of(connection).filter((id) => !ids.includes(id));
    this.set(connection, rest, ids);
  }

  /** The connection was removed. */
  forget(connection: string): void {
    this.own.delete(connection);
    this.memory.set(connection, undefined);
  }

  private keep(connection: string, ids: readonly string[]): void {
    this.memory.set(connection, ids.length > 0 ? ids : undefined);
  }

  private set(connection: string, all: readonly string[], ids: readonly string[]): void {
    this.own.set(connection, { ids: all, at: Date.now() });
    this.keep(connection, all);
    this.changes.fire({ connection, ids });
  }
}
