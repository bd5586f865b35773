import { Latches } from '../../src/api/latch';
import type { Credentials } from '../../src/api/signIn';
import type { Secrets } from '../../src/connections/secrets';
import type { SessionOptions } from '../../src/connections/session';
import { memoryLog } from './log';

/** What a session needs, with a token that is never written down; any of it may be given. */
export function sessionOptions(given: Partial<SessionOptions> = {}): SessionOptions {
  return {
    log: memoryLog(),
    secrets: secretsOf({ kind: 'bearer', token: 't' }),
    latches: new Latches(),
    refusals: { alone: (_account, work) => work() },
    wanted: { get: () => undefined, set: () => undefined },
    looking: () => undefined,
    watched: { has: () => false },
    usual: () => ({ get: () => undefined, set: () => undefined }),
    generations: { get: () => undefined, set: () => undefined },
    cancels: { get: () => undefined, set: () => undefined },
    tell: () => undefined,
    intervals: () => ({ active: 5000, idle: 60_000 }),
    sizes: () => ({ pageSize: 50, budget: 1000 }),
    ...given,
  };
}

/** A store that has this secret for everybody. */
export function secretsOf(credentials: Credentials): SessionOptions['secrets'] {
  let rejected = false;
  return {
    get: () => Promise.resolve({ credentials, stamp: 'stamp', rejected }),
    isRefused: () => rejected,
    reject: () => {
      rejected = true;
      return Promise.resolve();
    },
  };
}

/** VS Code's SecretStorage, as far as it is used, over a map that a test can look at. */
export function memoryStorage(stored: Map<string, string>): ConstructorParameters<typeof Secrets>[0] {
  return {
    get: (name) => Promise.resolve(stored.get(name)),
    store: (name, value) => Promise.resolve(void stored.set(name, value)),
    delete: (name) => Promise.resolve(void stored.delete(name)),
    onDidChange: () => ({ dispose: () => undefined }),
  };
}
