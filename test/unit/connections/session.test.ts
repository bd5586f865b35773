import assert from 'node:assert/strict';
import { Session } from '../../../src/connections/session';
import { json, loopback } from '../../support/loopback';
import { memoryLog } from '../../support/log';

describe('Session', () => {
  it('keeps saying "sign in" when a refresh succeeds after the secret was refused', async () => {
    let release: (() => void) | undefined;
    let held: (() => void) | undefined;
    const holding = new Promise<void>((resolve) => (held = resolve));
    const server = await loopback((request, response) => {
      const list = { total: 0, results: [] };
      if (request.path !== '/rest/2.0/jobs') json(response, {}, 401);
      else if (request.query.get('states') !== 'COMPLETED') json(response, list);
      else {
        // The last request of the refresh is under way while another one is refused.
        release = () => json(response, list);
        held?.();
      }
    });
    const credentials = { kind: 'bearer', token: 't' } as const;
    const session = new Session(
      { id: 'one', name: 'Acme', url: server.url, auth: 'bearer', generation: 'core-2.0' },
      {
        log: memoryLog(),
        secrets: {
          get: () => Promise.resolve({ credentials, rejected: false }),
          reject: () => Promise.resolve(),
        },
        generations: { get: () => undefined, set: () => undefined },
        intervals: () => ({ active: 5000, idle: 60_000 }),
        sizes: () => ({ pageSize: 50, budget: 1000 }),
      },
    );
    const refreshed = session.refresh();
    await holding;
    await assert.rejects((await session.api()).get('x'), { kind: 'signInNeeded' });
    release?.();
    await refreshed;
    assert.equal(session.state.status.kind, 'signInNeeded');
    const sent = server.arrived.length;
    await assert.rejects(session.refresh(), { kind: 'signInNeeded' });
    assert.equal(server.arrived.length, sent);
    session.dispose();
    await server.close();
  });
});
