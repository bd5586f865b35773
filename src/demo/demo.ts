import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Generation } from '../jobs/query';
import { coreV2 } from './coreV2';
import type { DemoJob } from './demoJob';
import { jobsV1 } from './jobsV1';
import { otherPaths } from './otherPaths';
import { listen } from './server';
import { currentUser } from './users';
import { World } from './world';

export interface DemoOptions {
  /** The same seed and clock give the same jobs. */
  readonly seed?: number;
  /** ms since the epoch. One that stands still holds the demo still. */
  readonly clock?: { now(): number };
  readonly token?: string;
  readonly port?: number;
  /** Which job paths answer; the others are 404. */
  readonly generations?: readonly Generation[];
}

/** A Collibra that runs in this process and lives on while it is asked. */
export interface Demo {
  /** Without a slash at the end. */
  readonly url: string;
  /** For `Authorization: Bearer`. */
  readonly token: string;
  /** UUID of the user whom the token signs in. */
  readonly userId: string;
  /** All jobs as they are now, oldest first; copies. */
  jobs(): readonly DemoJob[];
  dispose(): Promise<void>;
}

export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { seed = 1, clock = Date, port = 0, generations = ['core-2.0'] } = options;
  const token = options.token ?? randomBytes(24).toString('base64url');
  const world = new World(seed, clock.now());
  const upToDate = () => {
    world.advance(clock.now());
    return world;
  };
  const routes = {
    ...otherPaths,
    ...(generations.includes('core-2.0') && coreV2),
    ...(generations.includes('jobs-v1') && jobsV1),
  };
  const server = await listen({ routes, world: upToDate, token, port, now: () => clock.now() });
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    userId: currentUser.id,
    jobs: () => structuredClone(upToDate().jobs()),
    dispose: () => {
      server.close();
      server.closeAllConnections();
      return closed;
    },
  };
}
