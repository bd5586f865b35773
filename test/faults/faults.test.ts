/**
 * A panel behind a line on which things go wrong: a proxy spoils requests at random while jobs live on and people and
 * other extensions do what they do. Afterwards everything has to be true, and nothing lost, logged or leaked.
 *
 * What goes wrong follows from a seed, which is printed. The environment says how long it goes on:
 * - `FAULT_SECONDS`: in which requests are spoiled, of one run; 5
 * - `FAULT_SEEDS`: how many seeds; each makes one run over either generation of the API; 1
 * - `FAULT_SEED`: the first of them, to repeat a run; any
 */
import assert from 'node:assert/strict';
import { type Demo, startDemo } from '../../src/demo/demo';
import { isFinished } from '../../src/demo/demoJob';
import { Random } from '../../src/demo/random';
import { type FaultProxy, startFaultProxy } from '../support/faultProxy';
import { session } from '../support/ui/session';
import { leaveWindow, takeWindow } from '../support/ui/spare';
import type { Workbench } from '../support/ui/workbench';
import { CancelBook } from './cancels';
import { faultPlan, longestRun } from './plan';
import { printFigures } from './figures';
import { Script } from './script';
import { findBelow, formsIn, formsOf, logLines, unhandled } from './traces';
import { checkRows, checkSnapshot } from './truth';
import { call, command, instance, type Thrown } from './window';

const plan = faultPlan();
const username = 'fault-suite@example.com';
/** No other text has a part of this; most of its forms differ. */
const password = 'Zwölf Bøxkämpfer+"jagen"/Viktor=quer&über%den\\Sylter Deich?';
/** Time at the instance goes by so many times as fast, so that jobs come and go while the script runs. */
const pace = 5;

for (const seed of plan.seeds)
  for (const generation of ['core-2.0', 'jobs-v1'] as const)
    describe(`a panel behind a bad line, over ${generation}, seed ${seed}`, () => {
      const cancels = new CancelBook();
      const consoleLines: string[] = [];
      const started = Date.now();
      let stopped: number | undefined;
      const clock = { now: () => stopped ?? started + (Date.now() - started) * pace };
      let demo: Demo;
      let proxy: FaultProxy;
      let workbench: Workbench;
      let script: Script | undefined;

      before(async function () {
        this.timeout(longestRun(plan) * 1000);
        demo = await startDemo({ seed, clock, generations: [generation] });
        const pair = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
        const authorization = { expected: `Basic ${pair}`, instead: `Bearer ${demo.token}` };
        proxy = await startFaultProxy({ seed, upstream: demo.url, authorization });
        workbench = await takeWindow({ 'collibraJobs.activeInterval': 1 });
        workbench.page.on('console', (message) => consoleLines.push(message.text()));
        workbench.page.on('pageerror', (error) => consoleLines.push(`uncaught ${error.stack}`));

        proxy.faulty = true;
        await connect();
        script = new Script({ workbench, demo, random: new Random(seed), cancels, password });
        await script.run(plan.seconds);
        proxy.faulty = false;

        await calmDown();
        stopped = clock.now();
        assert.equal(await call(workbench, 'refresh', undefined), undefined);
        printFigures(`${generation}, seed ${seed}`, proxy.entries, script.done, cancels);
      });

      after(async () => {
        if (script?.doing !== undefined) console.log(`    it was left in the middle of ${script.doing}`);
        leaveWindow(workbench);
        await proxy.close();
        await demo.dispose();
      });

      /** Nobody is there to be asked: what fails is tried again, and kept only when it worked. */
      const connect = async () => {
        const auth = { kind: 'basic', username, password };
        let thrown: Thrown | undefined;
        do {
          thrown = await command(workbench, 'connect', { name: instance, url: proxy.url, auth });
          if (thrown) assert.match(thrown.message, new RegExp(instance));
        } while (thrown);
        await workbench.openContainer('Collibra Jobs');
      };

      /** Resolves when every cancel whose answer was lost was sent again, or its job has ended. */
      const calmDown = async () => {
        await call(workbench, 'refresh', undefined);
        const late = Date.now() + 60_000;
        const open = () => [
          ...cancels.undecided(proxy.entries, demo, generation),
          ...demo.jobs().flatMap(({ id, state }) => (state === 'CANCELING' ? id : [])),
        ];
        while (open().length > 0) {
          assert.ok(Date.now() < late, `the cancel was given up of ${open().join()}`);
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };

      it('is true again after one refresh', async () => {
        await checkSnapshot(workbench, demo, generation);
        await checkRows(workbench, demo, generation);
        const running = demo.jobs().filter(({ state }) => state === 'RUNNING').length;
        const status = workbench.statusBarItem('collibra-jobs.collibra-jobs.jobs');
        assert.match(await status.innerText(), new RegExp(`^\\s*${running}(\\s|$)`));
      });

      it('has lost no cancel and sent none twice', () => {
        assert.ok(demo.jobs().some(isFinished));
        cancels.check(proxy.entries, demo, generation);
      });

      it('has said what was wrong, and logged nothing unhandled', async () => {
        assert.deepEqual(script?.unforeseen, []);
        const { dataDir } = await session();
        const lines = await logLines(dataDir);
        const ours = lines.filter(({ file }) => file.endsWith('Collibra Jobs.log'));
        // The log is there, and has all that there is to say.
        assert.ok(ours.some(({ line }) => line.includes('[trace]')));
        const bad = [...lines.map(({ line }) => line), ...consoleLines].filter((line) =>
          unhandled.test(line),
        );
        assert.deepEqual(bad, []);
      });

      it('has left the secret nowhere', async () => {
        const { home, browser } = await session();
        const forms = formsOf(password, username);
        // What has to be there is found: the user stands in the settings.
        assert.notDeepEqual(await findBelow(home, formsOf(username, '')), []);
        assert.deepEqual(await findBelow(home, forms), []);
        const cdp = await browser.newBrowserCDPSession();
        const { commandLine } = await cdp.send('SystemInfo.getInfo');
        await cdp.detach();
        const profile = /--user-data-dir=(\S+)/.exec(commandLine)?.[1];
        assert.ok(profile);
        assert.deepEqual(await findBelow(profile, forms), []);
        const kept = await workbench.context.storageState({ indexedDB: true });
        assert.deepEqual(formsIn(Buffer.from(JSON.stringify(kept)), forms), []);
        assert.deepEqual(formsIn(Buffer.from(consoleLines.join('\n')), forms), []);
      });
    });
