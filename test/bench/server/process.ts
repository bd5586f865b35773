import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { FromInstance } from '../instance';
import { Population, type Plan } from './population';
import { gap } from './fields';
import { findCoreV2, findJobsV1, getJob, type Reply } from './wire';

/** The process of an instance: the plan comes as its one argument, in JSON; all else by messages. */
let population = new Population(JSON.parse(process.argv[2] ?? '') as Plan);

/** When each request came, ns of the machine's monotonic clock, which all processes share. */
/** Jobs that come and go at once. */
const step = 5;
let arrivals: bigint[] = [];
const sockets = new Set<Socket>();
/** Bytes sent on connections that are closed, and those that were already told. */
let sent = 0;
let told = 0;

const server = createServer((request, response) => {
  arrivals.push(process.hrtime.bigint());
  const { status, body } = answer(request);
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length }).end(text);
});
server.on('connection', (socket) => {
  sockets.add(socket);
  socket.once('close', () => {
    sockets.delete(socket);
    sent += socket.bytesWritten;
  });
});

function answer({ method, url = '/', headers }: IncomingMessage): Reply {
  const { pathname, searchParams } = new URL(url, 'http://instance');
  if (pathname === '/bench/advance') return advance();
  if (headers.authorization === undefined) return refuse(401);
  if (method !== 'GET') return refuse(405);
  const [, generation, id] = /^\/rest\/(2\.0|jobs\/v1)\/jobs(?:\/([^/]+))?$/.exec(pathname) ?? [];
  if (generation === undefined) return refuse(404);
  if (id !== undefined) return getJob(population, id, generation === '2.0' ? 'core-2.0' : 'jobs-v1');
  return (generation === '2.0' ? findCoreV2 : findJobsV1)(population, searchParams);
}

/** Some jobs end, as many are created, and others go on. */
function advance(): Reply {
  const { jobs, newest, ...rest } = population.plan;
  population = new Population({ ...rest, jobs: jobs + step, newest: newest + step * gap });
  return { status: 200, body: {} };
}

function refuse(status: number): Reply {
  return { status, body: { statusCode: status, errorCode: 'refused' } };
}

/** What came and went since it was last told. */
function tell(): FromInstance {
  const total = sent + [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0);
  const message = { bytes: total - told, arrivals: arrivals.map(String) };
  told = total;
  arrivals = [];
  return message;
}

// The one thing that is ever asked.
process.on('message', () => process.send?.(tell()));
// Whoever started it has ended.
process.on('disconnect', () => process.exit());

server.listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.send?.({ url } satisfies FromInstance);
});
