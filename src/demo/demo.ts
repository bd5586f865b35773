import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Generation } from '../jobs/query';
import { coreV2 } from './coreV2';
import type { DemoJob } from './demoJob';
import type { Route } from './http';
import { jobsV1 } from './jobsV1';
import { currentUser } from './lifelike';
import { otherPaths } from './otherPaths';
import { listen } from './server';
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
  const { seed = 1, clock = Date, generations = ['core-2.0'] } = options;
  const token = options.token ?? randomBytes(24).toString('base64url');
  const world = new World(seed, clock.now());
  const routesOf = { 'core-2.0': coreV2, 'jobs-v1': jobsV1 } satisfies Record<Generation, unknown>;
  const routes = [...generations.flatMap((generation) => routesOf[generation](world)), ...otherPaths(world)];
  const upToDate = (route: Route): Route => ({
    ...route,
    answer: (request, ...captures) => {
      world.advance(clock.now());
      return route.answer(request, ...captures);
    },
  });
  const server = await listen({
    routes: routes.map(upToDate),
    token,
    port: options.port ?? 0,
    now: () => clock.now(),
  });
  const { port } = server.address() as AddressInfo;
  const closed = new Promise<void>((resolve) => server.once('close', resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    userId: currentUser.id,
    jobs: () => {
      world.advance(clock.now());
      return world.jobs().map((job) => ({ ...job }));
    },
    dispose: () => {
      server.close();
      server.closeAllConnections();
      return closed;
    },
  };
}
