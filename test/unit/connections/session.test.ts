import assert from 'node:assert/strict';
import { Session } from '../../../src/connections/session';
import { json, loopback } from '../../support/loopback';
import { sessionOptions } from '../../support/session';

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
    const session = new Session(
      { id: 'one', name: 'Acme', url: server.url, auth: 'bearer', generation: 'core-2.0' },
      sessionOptions(),
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
