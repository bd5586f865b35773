import assert from 'node:assert/strict';
import { request } from 'node:http';
import { startDemo, type Demo, type DemoOptions } from '../../../src/demo/demo';

export const t0 = Date.UTC(2026, 0, 15, 9);

/** A demo whose clock only moves when told. */
export interface Scene {
  readonly demo: Demo;
  readonly clock: { time: number; now(): number };
  readonly get: (path: string) => Promise<Reply>;
  readonly send: (
    method: string,
    path: string,
    init?: { body?: string; headers?: Record<string, string> },
  ) => Promise<Reply>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; undefined when there is none. */
  readonly body: unknown;
}

const open: Demo[] = [];

export async function scene(options: DemoOptions = {}): Promise<Scene> {
  const clock = {
    time: t0,
    now() {
      return this.time;
    },
  };
  const demo = await startDemo({ clock, ...options });
  open.push(demo);
  const send: Scene['send'] = async (method, path, init = {}) => {
    const headers = { Authorization: `Bearer ${demo.token}`, ...init.headers };
    const { body = null } = init;
    const response = await fetch(demo.url + path, { method, headers, body, redirect: 'error' });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
  return { demo, clock, send, get: (path) => send('GET', path) };
}

/** For `afterEach`. */
export async function disposeAll(): Promise<void> {
  await Promise.all(open.splice(0).map((demo) => demo.dispose()));
}

export type Row = Record<string, unknown> & { id: string };

export interface OffsetPage {
  total: number;
  offset: number;
  limit: number;
  results: Row[];
}

export interface CursorPage {
  results: Row[];
  nextCursor?: string;
}

/** The body of an answer that must have gone well. */
export function ok(reply: Reply): unknown {
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.headers.get('content-type'), 'application/json');
  return reply.body;
}

/** That the answer is an error as Collibra sends one; returns its sentence. */
export function assertError(reply: Reply, status: number): string {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.headers.get('content-type'), 'application/json');
  const body = reply.body as Record<string, unknown>;
  assert.equal(body['statusCode'], status);
  for (const field of ['errorCode', 'titleMessage', 'helpMessage', 'userMessage']) {
    assert.equal(typeof body[field], 'string', field);
    assert.notEqual(body[field], '', field);
  }
  return String(body['userMessage']);
}

/** The status of a request whose Host header is made up, which fetch can't send. */
export function statusForHost(url: string, host: string, token: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { Host: host, Authorization: `Bearer ${token}` };
    const sent = request(`${url}/rest/2.0/jobs`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', reject);
    sent.end();
  });
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const kinds = {
  uuid: (value: unknown) => typeof value === 'string' && uuid.test(value),
  string: (value: unknown) => typeof value === 'string',
  boolean: (value: unknown) => typeof value === 'boolean',
  number: (value: unknown) => typeof value === 'number',
  integer: Number.isSafeInteger,
  date: (value: unknown) =>
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !isNaN(Date.parse(value)),
};

export type Shape = Record<string, keyof typeof kinds | readonly string[]>;

/** That the row has no field but those of the shape, each of its type, and all the required ones. */
export function assertShape(row: Row, shape: Shape, required: readonly string[]): void {
  for (const field of required) assert.ok(field in row, `${field} is missing`);
  for (const [field, value] of Object.entries(row)) {
    const expected = shape[field];
    assert.ok(expected, `${field} is not in the contract`);
    const fits = typeof expected === 'string' ? kinds[expected](value) : expected.includes(value as string);
    assert.ok(fits, `${field}: ${JSON.stringify(value)}`);
  }
}
