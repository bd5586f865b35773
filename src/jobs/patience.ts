import { systemClock, type Clock } from './clock';
import { isFailure } from './failure';

/** How often in a row a server may ask to wait before that is a failure. */
const times = 4;
/** Without a wish of the server, and at most; ms. */
const usual = 5000;
const longest = 60_000;

/** What was asked for, asked for again after as long as a server wants that is asked too often; HTTP 429. */
export async function patiently<T>(
  ask: () => Promise<T>,
  signal?: AbortSignal,
  clock: Clock = systemClock,
): Promise<T> {
  for (let left = times; ; left--) {
    try {
      return await ask();
    } catch (error) {
      const { retryAfter = usual } = isFailure(error) ? error : {};
      if (!isFailure(error) || error.kind !== 'rateLimited' || retryAfter > longest || left === 0)
        throw error;
      await pause(retryAfter, clock, signal);
    }
  }
}

/** Rejects at once with an abort when the signal is used. */
function pause(milliseconds: number, clock: Clock, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const gaveUp = () => {
      clock.clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = clock.setTimeout(() => {
      signal?.removeEventListener('abort', gaveUp);
      resolve();
    }, milliseconds);
    if (signal?.aborted) gaveUp();
    else signal?.addEventListener('abort', gaveUp, { once: true });
  });
}
