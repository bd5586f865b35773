import assert from 'node:assert/strict';
import { SlowJobs, type PacedSession } from '../../../src/connections/slow';
import type { Job, JobState } from '../../../src/jobs/job';
import { Pace } from '../../../src/jobs/pace';
import { slowText, type Slow } from '../../../src/jobs/slowText';
import { Store } from '../../../src/jobs/store';
import { job } from '../../support/jobs';

const second = 1000;
const now = Date.UTC(2026, 0, 2);
const at = (ms: number) => new Date(now - ms * second);

describe('telling of jobs that take longer than usual', () => {
  let claimed: Set<string>;
  let told: (readonly Slow[])[];
  let wanted: (job: Job) => boolean;
  let isTold: boolean;

  const run = (id: string, state: JobState, dates: Pick<Job, 'createdOn' | 'startedOn' | 'endedOn'>) => ({
    ...job(id, { name: `Import ${id}`, type: 'IMPORT', state }),
    ...{ createdOn: undefined, startedOn: undefined, endedOn: undefined },
    ...dates,
  });
  const earlier = Array.from({ length: 10 }, (_, n) =>
    run(`0${n}`, 'completed', { createdOn: at(7265), startedOn: at(7260), endedOn: at(7200) }),
  );
  const running = (id: string, elapsed: number) => run(id, 'running', { startedOn: at(elapsed) });
  const openWindow = (...jobs: Job[]) => {
    const store = new Store({ kind: 'ready', since: 0 });
    store.setActive(jobs, true);
    const session: PacedSession = {
      id: 'one',
      markedName: 'Production',
      state: store.state,
      pace: new Pace(() => Promise.resolve(earlier), { get: () => undefined, set: () => undefined }),
      now: () => now,
      me: () => Promise.resolve(undefined),
    };
    const slow = new SlowJobs({
      claims: { claim: (what) => !claimed.has(what) && Boolean(claimed.add(what)) },
      told: () => isTold,
      wants: (_session, each) => Promise.resolve(wanted(each)),
      tell: (each) => told.push(each),
    });
    return () => slow.look(session);
  };
  const texts = () => told.map((each) => slowText(each, now));

  beforeEach(() => {
    claimed = new Set();
    told = [];
    wanted = () => true;
    isTold = true;
  });

  it('is done once, by one of two windows, of those that are wanted', async () => {
    wanted = ({ id }) => id === '1';
    const jobs = [running('1', 600), running('2', 600), running('3', 50)];
    for (const look of [openWindow(...jobs), openWindow(...jobs)]) {
      await look();
      await look();
    }
    assert.deepEqual(texts(), ['"Import 1" on Production has been running for 10 min, usually 1 min.']);
  });

  it('is one message for several, and none where nothing is slow', async () => {
    await openWindow(running('3', 50))();
    await openWindow(running('1', 600), running('2', 600))();
    assert.deepEqual(texts(), ['2 jobs on Production take longer than usual.']);
  });

  it('tells of a job that waits, and again when the same one runs slowly', async () => {
    const waiting = run('9', 'waiting', { createdOn: at(900) });
    await openWindow(waiting)();
    await openWindow({ ...waiting, state: 'running', startedOn: at(600) })();
    assert.deepEqual(texts(), [
      '"Import 9" on Production has been waiting for 15 min, usually 5 s.',
      '"Import 9" on Production has been running for 10 min, usually 1 min.',
    ]);
  });

  it('is left out where it is switched off, without being taken for told', async () => {
    isTold = false;
    const look = openWindow(running('1', 600));
    await look();
    assert.deepEqual(told, []);
    isTold = true;
    await look();
    assert.equal(told.length, 1);
  });
});
