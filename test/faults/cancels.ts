import assert from 'node:assert/strict';
import type { Demo } from '../../src/demo/demo';
import { type DemoJob, isFinished } from '../../src/demo/demoJob';
import type { Generation } from '../../src/jobs/query';
import type { Entry } from '../support/faultProxy';
import { instance, type Thrown } from './window';

/** A cancel that somebody asked for, and how that ended. */
export interface Asked {
  readonly id: string;
  /** Undefined while it is under way, and once it was accepted. */
  thrown?: Thrown;
  ended: boolean;
}

/** Sentences of failures that leave open whether the instance did what it was asked. */
const open = /can't be reached|didn't answer in time|a problem of its own|can't be read/;
const givenUp = 'aborted';
const underWay = 'it is being canceled already';

/** All cancels of a run. */
export class CancelBook {
  readonly asked: Asked[] = [];
  private readonly running: Promise<unknown>[] = [];

  /** Notes a cancel, which goes on in the background. */
  note(id: string, outcome: Promise<Thrown | undefined>): void {
    const asked: Asked = { id, ended: false };
    this.asked.push(asked);
    this.running.push(
      outcome.then((thrown) => {
        if (thrown) asked.thrown = thrown;
        asked.ended = true;
      }),
    );
  }

  has(id: string): boolean {
    return this.asked.some((asked) => asked.id === id);
  }

  /** Resolves when each was accepted or refused. */
  async ended(): Promise<void> {
    await Promise.all(this.running);
  }

  /**
   * The jobs whose cancel may still be sent: its answer was lost once, and the job goes on as if nobody had asked.
   */
  undecided(entries: readonly Entry[], demo: Pick<Demo, 'jobs'>, generation: Generation): string[] {
    const active = new Map(demo.jobs().flatMap((job) => (isFinished(job) ? [] : [[job.id, job]])));
    return this.ids().filter((id) => {
      const job = active.get(id);
      const [only, ...more] = sends(entries, id);
      // Job API v1 has no word for a job that is being canceled.
      const looksUntouched = job && (generation === 'jobs-v1' || job.state !== 'CANCELING');
      return looksUntouched === true && only?.lost === true && more.length === 0;
    });
  }

  /** Fails where a cancel was lost, was sent more often than is promised, or ended otherwise than was told. */
  check(entries: readonly Entry[], demo: Pick<Demo, 'jobs'>, generation: Generation): void {
    const jobs = new Map(demo.jobs().map((job) => [job.id, job]));
    const unasked = entries.flatMap(({ cancels }) =>
      cancels !== undefined && !this.has(cancels) ? cancels : [],
    );
    assert.deepEqual(unasked, [], 'cancels that nobody asked for');
    for (const id of this.ids()) this.checkOne(id, sends(entries, id), jobs.get(id), generation);
  }

  private checkOne(
    id: string,
    sent: readonly Entry[],
    job: DemoJob | undefined,
    generation: Generation,
  ): void {
    const asked = this.asked.filter((each) => each.id === id);
    const about = `job ${id}: ${JSON.stringify({ asked, sent, job: job?.state, result: job?.result })}`;
    const accepted = sent.filter(({ status = 0 }) => status >= 200 && status < 300);
    const [first] = sent;
    assert.ok(job, `the record is lost of ${about}`);
    assert.ok(
      asked.every(({ ended }) => ended),
      `nobody was told of ${about}`,
    );

    // Who comes while a cancel is under way sends none; who comes after one was refused sends another.
    const senders = asked.filter(({ thrown }) => thrown?.message.includes(underWay) !== true).length;
    assert.ok(sent.length <= 2 * senders, `sent too often: ${about}`);
    if (sent.length === 2 && senders === 1) assert.ok(first?.lost, `sent again without need: ${about}`);
    const heard = sent.slice(0, -1).filter((entry) => accepted.includes(entry) && !entry.lost);
    assert.deepEqual(heard, [], `sent again after it was accepted: ${about}`);
    // A job that is being canceled looks as before in Job API v1: there the second is the one that is promised.
    if (generation === 'core-2.0') assert.ok(accepted.length <= 1, `accepted twice: ${about}`);

    const resolved = asked.filter(({ thrown }) => !thrown);
    assert.ok(resolved.length <= 1, `told twice that it was accepted: ${about}`);
    if (resolved.length > 0) assert.ok(accepted.length > 0, `lost: ${about}`);
    for (const { thrown } of asked) {
      if (!thrown) continue;
      assert.ok(
        thrown.message.includes(instance) || thrown.message.includes(givenUp),
        `not told why: ${about}`,
      );
      const sure = resolved.length === 0 && !open.test(thrown.message) && !thrown.message.includes(givenUp);
      if (sure && asked.length === 1)
        assert.notEqual(job.state, 'CANCELED', `refused, and canceled nevertheless: ${about}`);
    }
  }

  private ids(): string[] {
    return [...new Set(this.asked.map(({ id }) => id))];
  }
}

function sends(entries: readonly Entry[], id: string): readonly Entry[] {
  return entries.filter(({ cancels }) => cancels === id);
}
