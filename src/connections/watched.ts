import { Emitter } from '../jobs/emitter';

/** The jobs that a person watches, by connection; remembered. What comes back is input. */
export class Watched {
  private readonly changes = new Emitter<{ readonly connection: string; readonly ids: readonly string[] }>();
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly memory: {
      get(connection: string): unknown;
      set(connection: string, ids: readonly string[] | undefined): void;
    },
  ) {}

  of(connection: string): readonly string[] {
    const kept = this.memory.get(connection);
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
    this.memory.set(connection, undefined);
  }

  private set(connection: string, all: readonly string[], ids: readonly string[]): void {
    this.memory.set(connection, all.length > 0 ? all : undefined);
    this.changes.fire({ connection, ids });
  }
}
