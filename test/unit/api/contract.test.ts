import assert from 'node:assert/strict';
import { CollibraError } from '../../../src/api/errors';
import { adapterOf } from '../../../src/api/generation';
import { startDemo } from '../../../src/demo/demo';
import { jobStates, knownResults, type JobState } from '../../../src/jobs/job';
import type { Generation, JobQuery, JobsApi, SortField } from '../../../src/jobs/query';
import { json, loopback, type Loopback } from '../../support/loopback';
import { httpTo } from '../../support/connect';
import { startPrism, type Prism } from '../../support/prism';
import { problemsOf, queryParameters, strictFront } from '../../support/strictFront';

const contracts = {
  'core-2.0': { file: 'core-2.0-jobs', prefix: '/rest/2.0' },
  'jobs-v1': { file: 'jobs-v1', prefix: '/rest/jobs/v1' },
} as const;
const id = 'fdf9e319-94b9-43e2-b04d-6b4594e427d5';
const user = 'eb527160-2949-414c-9878-c8572bac393d';

const connect = (generation: Generation, url: string, token = 't') => {
  const { http, log } = httpTo(url, token);
  return adapterOf(generation, http, log);
};

/** The words of each contract, as a person would look them up. */
const sortWords = {
  'core-2.0': {
    ...{ name: 'NAME', type: 'TYPE', createdOn: 'CREATED_ON', createdBy: 'CREATED_BY' },
    ...{ startedOn: 'START_DATE', endedOn: 'END_DATE', state: 'STATE', result: 'RESULT' },
  },
  'jobs-v1': {
    name: 'NAME',
    type: 'TYPE',
    startedOn: 'START_DATE',
    endedOn: 'END_DATE',
    state: 'STATE',
    result: 'RESULT',
  },
};
const stateWords = {
  'core-2.0': {
    ...{ waiting: 'WAITING', running: 'RUNNING', canceling: 'CANCELING' },
    ...{ completed: 'COMPLETED', canceled: 'CANCELED', failed: 'ERROR' },
  },
  'jobs-v1': {
    waiting: 'WAITING',
    running: 'RUNNING',
    completed: 'COMPLETED',
    failed: 'FAILED',
    canceled: 'DELETED',
  },
};

/** Every query that a generation can express: each filter alone, all of them together, each order. */
function queriesFor({ capabilities }: JobsApi): JobQuery[] {
  const filters: JobQuery[] = [
    ...(['START', 'END', 'ANYWHERE', 'EXACT'] as const).map((nameMatchMode) => ({
      name: 'a & b=c',
      nameMatchMode,
    })),
    ...capabilities.states.map((state) => ({ states: [state] })),
    ...knownResults.map((result) => ({ results: [result] })),
    { states: capabilities.states, results: knownResults, types: ['IMPORT', 'ä b'] },
    { user },
    ...(capabilities.visible ? [{ visible: true }, { visible: false }] : []),
  ];
  const sorts: JobQuery[] = capabilities.sortFields.flatMap((field) =>
    (['asc', 'desc'] as const).map((order) => ({ sort: { field, order } })),
  );
  return [{}, ...filters, ...sorts, Object.assign({}, ...filters, ...sorts) as JobQuery];
}

for (const generation of ['core-2.0', 'jobs-v1'] as const) {
  const { file, prefix } = contracts[generation];

  describe(`the adapter of ${generation}, against a mock of its contract`, function () {
    this.timeout(20_000);
    let prism: Prism;
    let front: Loopback;
    let api: JobsApi;
    let known: Readonly<Record<string, unknown>> | undefined;

    before(async () => {
      prism = await startPrism(file, 'mock');
      front = await strictFront(file, prefix, prism.url, () => known);
      api = connect(generation, front.url);
    });
    after(async () => {
      await front.close();
      await prism.stop();
    });
    beforeEach(() => (front.arrived.length = 0));

    it('makes every find that it can in words that the contract knows, each parameter arriving', async () => {
      const arrived = new Set<string>();
      for (const query of queriesFor(api)) {
        const page = await api.find(query, { limit: 5000, count: true });
        for (const job of page.jobs) assert.deepEqual(problemsOf(job), []);
        if (page.next !== undefined) await api.find(query, { limit: 20, after: page.next });
        for (const { query: sent } of front.arrived) for (const name of sent.keys()) arrived.add(name);
      }
      const all = queryParameters(file, 'GET', '/jobs').filter((name) => name !== 'maxVisibility');
      assert.deepEqual([...arrived].toSorted(), all.toSorted());
    });

    it('sends each order and each state in the words of the contract', async () => {
      for (const [field, word] of Object.entries(sortWords[generation])) {
        for (const order of ['asc', 'desc'] as const) {
          await api.find({ sort: { field: field as SortField, order } }, { limit: 1 });
          const { query: sent } = front.arrived.at(-1) ?? assert.fail();
          assert.deepEqual([sent.get('sortField'), sent.get('sortOrder')], [word, order.toUpperCase()]);
        }
      }
      for (const [state, word] of Object.entries(stateWords[generation])) {
        await api.find({ states: [state as JobState] }, { limit: 1 });
        const { query: sent } = front.arrived.at(-1) ?? assert.fail();
        assert.deepEqual(sent.getAll(generation === 'jobs-v1' ? 'state' : 'states'), [word]);
      }
    });

    it('sends each value of a list under its own key', async () => {
      await api.find({ types: ['A', 'B'], states: ['running', 'waiting'] }, { limit: 1 });
      const sent = front.arrived[0]?.query;
      assert.ok(sent);
      assert.deepEqual(sent.getAll(generation === 'jobs-v1' ? 'type' : 'types'), ['A', 'B']);
      assert.deepEqual(sent.getAll(generation === 'jobs-v1' ? 'state' : 'states'), ['RUNNING', 'WAITING']);
    });

    it('reads random answers without an exception and without nonsense', async () => {
      for (let n = 0; n < 40; n++) {
        const job = await api.get(id);
        assert.deepEqual(problemsOf(job), []);
        assert.ok(jobStates.includes(job.state));
      }
    });

    it('cancels as the contract says, with a message and without', async () => {
      known = { id, state: 'RUNNING' };
      await api.cancel(id);
      await api.cancel(id, 'wrong file & more');
      known = undefined;
      const sent = front.arrived.filter(({ method }) => method !== 'GET');
      assert.equal(sent.length, 2);
      assert.ok(JSON.stringify([sent[1]?.body, sent[1]?.query.get('message')]).includes('wrong file & more'));
    });

    it('sends nothing for what the generation can not express', async () => {
      const { capabilities } = api;
      const asked: JobQuery[] = [
        { states: [] },
        { states: ['other'] },
        { results: ['MAGIC'] },
        { types: [] },
      ];
      for (const query of asked) assert.deepEqual((await api.find(query, { limit: 5 })).jobs, []);
      const inexpressible: JobQuery[] = capabilities.visible
        ? []
        : [
            { visible: true },
            { sort: { field: 'createdBy', order: 'asc' } },
            { sort: { field: 'createdOn', order: 'asc' } },
          ];
      for (const query of inexpressible)
        await assert.rejects(api.find(query, { limit: 5 }), { kind: 'unsupported' });
      if (capabilities.cancelMessageLength !== undefined)
        await assert.rejects(api.cancel(id, 'x'.repeat(capabilities.cancelMessageLength + 1)), {
          kind: 'unsupported',
        });
      assert.deepEqual(front.arrived, []);
    });
  });

  describe(`the demo, as the contract of ${generation} sees it`, function () {
    this.timeout(20_000);

    it('is seen by a judge who objects to a wrong answer', async () => {
      const wrong = await loopback((_request, response) =>
        json(response, { results: [{ id: 5, state: 7 }] }),
      );
      const prism = await startPrism(file, { upstream: wrong.url });
      const answer = await fetch(`${prism.url}/jobs`, { headers: { authorization: 'Bearer t' } });
      assert.equal(answer.status, 500);
      assert.match(await answer.text(), /VIOLATIONS/);
      await prism.stop();
      await wrong.close();
    });

    it('answers every question and refusal as the contract says', async () => {
      const demo = await startDemo({ generations: [generation] });
      const prism = await startPrism(file, { upstream: demo.url + prefix });
      // The adapter adds its prefix, which Prism's upstream has already.
      const front = await strictFront(file, prefix, prism.url, () => undefined);
      try {
        const api = connect(generation, front.url, demo.token);
        for (const query of queriesFor(api)) {
          const { jobs, next } = await api.find(query, { limit: 20 });
          if (next !== undefined) await api.find(query, { limit: 20, after: next });
          for (const job of jobs.slice(0, 2)) assert.equal((await api.get(job.id)).id, job.id);
        }
        await assert.rejects(api.get(id), { kind: 'notFound' });
        const waiting = demo.jobs().find(({ state, cancelable }) => state === 'WAITING' && cancelable);
        assert.ok(waiting);
        await api.cancel(waiting.id, 'a test');
        const finished = demo.jobs().find(({ state }) => state === 'COMPLETED');
        await assert.rejects(
          api.cancel(finished?.id ?? ''),
          (error) => error instanceof CollibraError && error.kind === 'conflict',
        );
      } finally {
        await front.close();
        await prism.stop();
        await demo.dispose();
      }
    });
  });
}
