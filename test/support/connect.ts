import { Http } from '../../src/api/http';
import { Latch } from '../../src/api/latch';
import { signInWith } from '../../src/api/signIn';
import { Transport } from '../../src/api/transport';
import { memoryLog } from './log';

/** What an adapter needs, over real HTTP to a server of a test. */
export function httpTo(url: string, token = 't', log = memoryLog()) {
  const transport = new Transport({ instance: 'Acme', url, log });
  const http = new Http(transport, signInWith({ kind: 'bearer', token }, transport), new Latch());
  return { http, transport, log };
}
