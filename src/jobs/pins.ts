/** Ids that stay known wherever they are, each as long as somebody holds it. */
export class Pins {
  private readonly holders = new Map<string, number>();

  get ids(): readonly string[] {
    return [...this.holders.keys()];
  }

  has(id: string): boolean {
    return this.holders.has(id);
  }

  hold(id: string): void {
    this.holders.set(id, (this.holders.get(id) ?? 0) + 1);
  }

  /** Answers whether nobody holds it any more. */
  release(id: string): boolean {
    const rest = (this.holders.get(id) ?? 1) - 1;
    if (rest > 0) this.holders.set(id, rest);
    else this.holders.delete(id);
    return rest <= 0;
  }
}
