/** Time as the domain sees it, so that tests can hold it. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Answers what `clearTimeout` takes. */
  setTimeout(callback: () => void, milliseconds: number): unknown;
  clearTimeout(handle: unknown): void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout: (callback, milliseconds) => setTimeout(callback, milliseconds),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};
