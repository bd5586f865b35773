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

  /**
   * A person looks now, by the server's clock. Answers since when they had not, when that is long; a minute later again,
   * also after a restart, unless `told`.
   */
  look(connection: string, now: number): number | undefined {
    // A clock may have been wrong for a while.
    const possible = (at: unknown) => (typeof at === 'number' && at <= now + often ? at : 0);
    const before = Math.max(possible(this.noted.get(connection)), possible(this.memory.get(connection)));
    if (now - before < often) return undefined;
    this.noted.set(connection, now);
    const since = this.owed.get(connection) ?? before;
    if (since === 0 || now - since < shortest) {
      this.memory.set(connection, now);
      return undefined;
    }
    this.owed.set(connection, since);
    return since;
  }

  /** What ended in an absence is known now. */
  told(connection: string): void {
    this.owed.delete(connection);
    this.memory.set(connection, this.noted.get(connection) ?? 0);
  }
}
