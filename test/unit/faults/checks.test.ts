import assert from 'node:assert/strict';
import type { DemoJob } from '../../../src/demo/demoJob';
import { Random } from '../../../src/demo/random';
import { newJob } from '../../../src/demo/newJob';
import { CancelBook } from '../../faults/cancels';
import { formsIn, formsOf, unhandled } from '../../faults/traces';
import { type Entry, startFaultProxy } from '../../support/faultProxy';
import { json, loopback } from '../../support/loopback';

describe('the fault suite', () => {
  const job: DemoJob = { ...newJob(new Random(1), 0), state: 'RUNNING', startDate: 0 };
  const canceled: DemoJob = { ...job, state: 'CANCELED', result: 'ABORTED' };
  const accepted: Entry = { method: 'POST', path: '', cancels: job.id, lost: false, status: 202 };
  const lost: Entry = { method: 'POST', path: '', cancels: job.id, lost: true };
  const notFor = { message: "Production doesn't permit this." };

  const check = async (
    entries: readonly Entry[],
    outcomes: readonly (typeof notFor | undefined)[],
    jobs: readonly DemoJob[] = [canceled],
    generation: 'core-2.0' | 'jobs-v1' = 'core-2.0',
  ) => {
    const book = new CancelBook();
    for (const outcome of outcomes) book.note(job.id, Promise.resolve(outcome));
    await book.ended();
    book.check(entries, { jobs: () => jobs }, generation);
  };

  it('passes cancels that are sent as is promised', async () => {
    await check([accepted], [undefined]);
    await check([lost, accepted], [undefined]);
    await check([{ ...accepted, lost: true }, accepted], [undefined], [canceled], 'jobs-v1');
    await check([], [notFor], [job]);
    const refused: Entry = { ...accepted, status: 403 };
    await check([refused, accepted], [notFor, undefined]);
    await check([accepted], [undefined, { message: 'Production: it is being canceled already' }]);
  });

  it('finds cancels that are lost, sent too often, or told wrongly', async () => {
    await assert.rejects(check([accepted], []), /nobody asked for/);
    await assert.rejects(check([accepted, accepted], [undefined]), /sent again without need/);
    await assert.rejects(check([accepted, accepted], [undefined, notFor]), /after it was accepted/);
    await assert.rejects(check([{ ...accepted, lost: true }, accepted], [undefined]), /accepted twice/);
    await assert.rejects(check([lost, lost, accepted], [undefined]), /sent too often/);
    await assert.rejects(check([lost], [undefined]), /lost: job/);
    await assert.rejects(check([accepted], [undefined, undefined]), /told twice/);
    await assert.rejects(check([accepted], [notFor]), /canceled nevertheless/);
    await assert.rejects(check([], [{ message: 'undefined is not a function' }], [job]), /not told why/);
    await assert.rejects(check([accepted], [undefined], []), /record is lost/);
  });

  it('waits for a cancel whose answer was lost while its job goes on', () => {
    const book = new CancelBook();
    book.note(job.id, new Promise(() => undefined));
    const undecided = (entries: readonly Entry[], now: DemoJob, generation: 'core-2.0' | 'jobs-v1') =>
      book.undecided(entries, { jobs: () => [now] }, generation);
    const canceling: DemoJob = { ...job, state: 'CANCELING' };
    assert.deepEqual(undecided([lost], job, 'core-2.0'), [job.id]);
    assert.deepEqual(undecided([lost], canceling, 'core-2.0'), []);
    assert.deepEqual(undecided([lost], canceling, 'jobs-v1'), [job.id]);
    for (const entries of [[lost, accepted], [accepted], []])
      assert.deepEqual(undecided(entries, job, 'core-2.0'), []);
  });

  it('finds a secret in each form', () => {
    const secret = 'Bøx+"er"/Viktor=&über%';
    const forms = formsOf(secret, 'jdoe');
    for (const [name, form] of forms)
      assert.ok(formsIn(Buffer.concat([Buffer.from('…'), form]), forms).includes(name), name);
    for (const before of ['', 'x', 'xy']) {
      const encoded = Buffer.from(`${before}${secret} and more`).toString('base64');
      assert.notDeepEqual(formsIn(Buffer.from(encoded), forms), [], before);
    }
    assert.deepEqual(formsIn(Buffer.from(JSON.stringify({ secret })), forms), ['in JSON']);
    assert.deepEqual(formsIn(Buffer.from('nothing of it'), forms), []);
  });

  it('knows what VS Code says of errors that nobody handled', () => {
    for (const line of [
      'rejected promise not handled within 1 second: Error',
      'TypeError: x is not a function',
    ])
      assert.match(line, unhandled);
    assert.doesNotMatch('[error] CollibraError: Production had a problem of its own', unhandled);
  });

  it('spoils the same requests with the same seed, and none without the right sign-in', async () => {
    const instance = await loopback((_request, response) => json(response, { results: [] }));
    const run = async (seed: number) => {
      const authorization = { expected: 'Basic eDp5', instead: 'Bearer t' };
      const proxy = await startFaultProxy({ seed, upstream: instance.url, authorization });
      const ask = (headers: Record<string, string>) =>
        fetch(`${proxy.url}/rest/2.0/jobs`, { headers })
          .then((answer) => answer.text().then(() => answer.status))
          .catch(() => 0);
      assert.equal(await ask({}), 401);
      assert.equal(await ask({ authorization: authorization.expected }), 200);
      assert.equal(instance.arrived.at(-1)?.headers.authorization, 'Bearer t');
      proxy.faulty = true;
      // All at once: some answers are late.
      const asked = Array.from({ length: 40 }, () => ask({ authorization: authorization.expected }));
      await Promise.all(asked);
      await proxy.close();
      return proxy.entries.map(({ fault }) => fault);
    };
    const first = await run(1);
    assert.ok(new Set(first).size > 5);
    assert.deepEqual(await run(1), first);
    assert.notDeepEqual(await run(2), first);
    await instance.close();
  });
});
