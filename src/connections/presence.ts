/** An absence that is shorter is none, ms. */
const shortest = 5 * 60_000;
/** How often it is noted that a person is there, ms. */
const often = 60_000;

/** Since when a person has not looked at the jobs of a connection; remembered, and shared by windows. */
export class Presence {
  /** When it was last noted here, by connection; server's time, ms since the epoch. */
  private readonly noted = new Map<string, number>();
  /** The beginnings of absences of which the person could not be told yet. */
  private readonly owed = new Map<string, number>();

  constructor(
    private readonly memory: {
      get(connection: string): unknown;
      set(connection: string, at: number): void;
    },
  ) {}

  /** A person looks now, by the server's clock. Answers since when they had not, when that is long. */
  look(connection: string, now: number): number | undefined {
    const kept = this.memory.get(connection);
    const before = Math.max(this.noted.get(connection) ?? 0, typeof kept === 'number' ? kept : 0);
    if (now - before < often) return undefined;
    this.noted.set(connection, now);
    this.memory.set(connection, now);
    const owed = this.owed.get(connection);
    this.owed.delete(connection);
    return owed ?? (before > 0 && now - before >= shortest ? before : undefined);
  }

  /** What ended in an absence could not be found out: `look` answers its beginning again, a while later. */
  owe(connection: string, since: number): void {
    this.owed.set(connection, since);
  }
}
