import assert from 'node:assert/strict';
import { isFinished, type DemoJob } from '../../../src/demo/demoJob';
import { assertError, disposeAll, ok, scene, type Row, type Scene } from './support';

const json = { 'Content-Type': 'application/json' };

function cancel({ send }: Scene, id: string, body?: string, headers: Record<string, string> = json) {
  return send('POST', `/rest/2.0/jobs/${id}/canceled`, body === undefined ? {} : { body, headers });
}

async function read({ get }: Scene, id: string): Promise<Row> {
  return ok(await get(`/rest/2.0/jobs/${id}`)) as Row;
}

function pick({ demo }: Scene, passes: (job: DemoJob) => boolean): DemoJob {
  const job = demo.jobs().find(passes);
  assert.ok(job, 'the demo has no such job');
  return job;
}

const endOf = (job: DemoJob) => (job.startDate ?? Infinity) + job.plan.duration;

/** One that can be canceled and goes on for longer than a cancel takes. */
const runningOn = (at: Scene) => (job: DemoJob) =>
  job.state === 'RUNNING' && job.cancelable && endOf(job) > at.clock.time + 15_000;

describe('demo: cancel, Core REST 2.0', () => {
  afterEach(disposeAll);

  it('accepts with 202 and nothing more, says CANCELING for some seconds, then CANCELED with the message', async () => {
    const at = await scene();
    const { id } = pick(at, runningOn(at));
    const reply = await cancel(at, id, '{"message":"No longer needed"}');
    assert.deepEqual([reply.status, reply.text], [202, '']);
    at.clock.time += 1_900;
    assert.equal((await read(at, id))['state'], 'CANCELING');
    assert.equal((await read(at, id))['endDate'], undefined);
    at.clock.time += 3_100;
    const row = await read(at, id);
    assert.deepEqual(
      [row['state'], row['result'], row['message']],
      ['CANCELED', 'ABORTED', 'No longer needed'],
    );
    assert.ok((row['endDate'] as number) > (row['startDate'] as number));
    assert.ok((row['endDate'] as number) <= at.clock.time);
  });

  it('cancels a waiting job without ever starting it', async () => {
    const at = await scene();
    const { id } = pick(at, (job) => job.state === 'WAITING' && job.cancelable);
    assert.equal((await cancel(at, id)).status, 202);
    assert.equal((await read(at, id))['state'], 'CANCELING');
    at.clock.time += 60_000;
    const row = await read(at, id);
    assert.deepEqual([row['state'], row['result'], row['startDate']], ['CANCELED', 'ABORTED', undefined]);
  });

  it('needs no message, and keeps an empty one', async () => {
    for (const [body, message] of [
      [undefined, 'Canceled by user'],
      ['{}', 'Canceled by user'],
      ['{"message":null}', 'Canceled by user'],
      ['{"message":""}', ''],
    ] as const) {
      const at = await scene();
      const { id } = pick(at, runningOn(at));
      assert.equal((await cancel(at, id, body)).status, 202);
      at.clock.time += 5_000;
      assert.equal((await read(at, id))['message'], message);
    }
  });

  it('accepts a second cancel while canceling, and keeps the first message', async () => {
    const at = await scene();
    const { id } = pick(at, runningOn(at));
    assert.equal((await cancel(at, id, '{"message":"first"}')).status, 202);
    assert.equal((await cancel(at, id, '{"message":"second"}')).status, 202);
    at.clock.time += 5_000;
    assert.equal((await read(at, id))['message'], 'first');
  });

  it('lets a job in its last second finish as if nobody had asked', async () => {
    const at = await scene();
    const job = pick(at, (job) => runningOn(at)(job) && job.plan.result === 'SUCCESS');
    at.clock.time = endOf(job) - 500;
    assert.equal((await cancel(at, job.id)).status, 202);
    assert.equal((await read(at, job.id))['state'], 'CANCELING');
    at.clock.time = endOf(job);
    const row = await read(at, job.id);
    assert.deepEqual([row['state'], row['result'], row['endDate']], ['COMPLETED', 'SUCCESS', endOf(job)]);
  });

  it('refuses what has finished, and says so; the job stays as it was', async () => {
    const at = await scene();
    const { id } = pick(at, isFinished);
    const before = await read(at, id);
    assert.match(assertError(await cancel(at, id, '{}'), 400), /already finished/);
    assert.deepEqual(await read(at, id), before);
  });

  it('refuses what is not cancelable, and says so', async () => {
    const at = await scene();
    const fixed = (job: DemoJob) => !isFinished(job) && !job.cancelable;
    while (!at.demo.jobs().some(fixed)) at.clock.time += 10_000;
    const { id, state } = pick(at, fixed);
    assert.match(assertError(await cancel(at, id, '{}'), 400), /can't be canceled/);
    assert.equal((await read(at, id))['state'], state);
  });

  it('answers 404 to an unknown job and 400 to an id that is no UUID', async () => {
    const at = await scene();
    assertError(await cancel(at, '00000000-0000-4000-8000-000000000000', '{}'), 404);
    assertError(await cancel(at, 'nonsense', '{}'), 400);
  });

  it('refuses bodies that the contract forbids, and cancels nothing', async () => {
    const at = await scene();
    const { id } = pick(at, runningOn(at));
    const tooLarge = '{}' + ' '.repeat(1_000_000);
    for (const body of ['{', 'null', '[]', '"stop"', '{"message":1}', '{"message":{}}', tooLarge]) {
      assertError(await cancel(at, id, body), 400);
    }
    assertError(
      await cancel(at, id, 'message=stop', { 'Content-Type': 'application/x-www-form-urlencoded' }),
      415,
    );
    assert.equal((await read(at, id))['state'], 'RUNNING');
  });
});
