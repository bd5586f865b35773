export interface Disposable {
  dispose(): void;
}

/** The smallest event source that the domain needs, so that it stays free of vscode. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  /** Calls `listener` for each value until the result is disposed. */
  readonly event = (listener: (value: T) => void): Disposable => {
    const own = (value: T) => listener(value);
    this.listeners.add(own);
    return { dispose: () => void this.listeners.delete(own) };
  };

  fire(value: T): void {
    for (const listener of [...this.listeners]) listener(value);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
