import { Http } from '../../src/api/http';
import { Latch } from '../../src/api/latch';
import { memoryLog } from './log';

/** What an adapter needs, over real HTTP to a server of a test. */
export function httpTo(url: string, token = 't', log = memoryLog()) {
  const http = new Http({
    instance: 'Acme',
    url,
    authorization: () => `Bearer ${token}`,
    latch: new Latch(),
    log,
  });
  return { http, log };
}
