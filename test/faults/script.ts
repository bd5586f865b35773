import type { Demo } from '../../src/demo/demo';
import { type DemoJob, isFinished } from '../../src/demo/demoJob';
import type { Random } from '../../src/demo/random';
import type { Workbench } from '../support/ui/workbench';
import type { CancelBook } from './cancels';
import { call, command, instance, type Thrown } from './window';

export interface ScriptOptions {
  readonly workbench: Workbench;
  readonly demo: Demo;
  readonly random: Random;
  readonly cancels: CancelBook;
  readonly password: string;
}

/** Sentences of what is no failure of the instance, but of a person who is late. */
const foreseen =
  /aborted|Switch it on first|There is no connection for which|Every connection is switched off/;

/** What people and other extensions do with the panel, in an order that the seed decides. */
export class Script {
  /** What was thrown that tells nobody what to do. */
  readonly unforeseen: string[] = [];
  /** How often each action was done. */
  readonly done = new Map<string, number>();
  /** The action that goes on. */
  doing: string | undefined;
  private off = false;

  constructor(private readonly options: ScriptOptions) {}

  /** Acts until the time is up, and leaves the connection switched on, all jobs shown, no page open. */
  async run(seconds: number): Promise<void> {
    const { random } = this.options;
    const until = Date.now() + seconds * 1000;
    let deck: (keyof typeof this.actions)[] = [];
    while (Date.now() < until) {
      if (deck.length === 0) deck = shuffled(this.deck(), random);
      const action = deck.pop() ?? 'refresh';
      this.done.set(action, (this.done.get(action) ?? 0) + 1);
      this.doing = action;
      await this.actions[action]();
      await new Promise((resolve) => setTimeout(resolve, random.int(20, 300)));
    }
    this.doing = 'waiting for cancels';
    await this.options.cancels.ended();
    await this.actions.switchOn();
    await this.actions.clearFilter();
    await this.actions.closePages();
    this.doing = undefined;
  }

  private readonly actions = {
    refresh: async () => this.take(await call(this.options.workbench, 'refresh', undefined)),
    refreshByCommand: async () => this.take(await command(this.options.workbench, 'refresh', {})),
    turnGroup: async () => {
      const group = this.options.random.pick(['Running', 'Waiting', 'Failed', 'Canceled', 'Completed']);
      const twistie = this.options.workbench.tree().row(group).locator('.monaco-tl-twistie');
      // A filter, or a connection that is off, takes the group away; so may a repaint while it is clicked.
      if (await twistie.count()) await twistie.click({ timeout: 2000 }).catch(() => undefined);
    },
    loadMore: async () =>
      this.take(await command(this.options.workbench, 'loadMore', { group: 'completed' })),
    openPage: async () => {
      const job = this.options.random.pick(this.options.demo.jobs().slice(-20));
      this.take(await command(this.options.workbench, 'openDetails', { job: job.id }));
    },
    closePages: () =>
      this.options.workbench.evaluate((vscode) =>
        vscode.commands.executeCommand('workbench.action.closeAllEditors'),
      ),
    readJob: async () => {
      const job = this.options.random.pick(this.options.demo.jobs());
      this.take(await call(this.options.workbench, 'getJob', job.id));
    },
    filter: async () => {
      const filter = this.options.random.pick([
        { states: ['running', 'failed'] },
        { name: 'import' },
        { types: ['IMPORT'], states: ['completed', 'waiting'] },
        { ended: { within: 'day' } },
      ]);
      this.take(await command(this.options.workbench, 'filter', { filter }));
    },
    clearFilter: async () => this.take(await command(this.options.workbench, 'clearFilter', {})),
    cancelByCommand: () => this.cancel((id) => this.command(id)),
    cancelByApi: () => this.cancel((id) => call(this.options.workbench, 'cancelJob', id)),
    cancelTwice: () =>
      this.cancel(
        (id) => this.command(id),
        (id) => call(this.options.workbench, 'cancelJob', id),
      ),
    cancelAsPerson: async () => {
      await this.cancel((id) => this.confirmed(id));
      await this.options.cancels.ended();
    },
    switchOff: async () => {
      // Whoever waits for a cancel then waits no longer: how that ends is told by the row.
      await this.options.cancels.ended();
      this.off = true;
      this.take(await command(this.options.workbench, 'switchOff', {}));
    },
    switchOn: async () => {
      if (this.off) this.take(await command(this.options.workbench, 'switchOn', {}));
      this.off = false;
    },
    signIn: async () => {
      const { workbench, password } = this.options;
      await this.options.cancels.ended();
      await this.actions.switchOn();
      // A question of before stands until its failure is out of sight.
      const clear = () =>
        workbench.evaluate((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
      await clear();
      const signedIn = command(workbench, 'signIn', {});
      await workbench.quickInput.answer('Password of', password);
      // A failure stands there with what could be done, and is waited for.
      const failure = workbench.notifications.item(instance);
      await untilSettled(signedIn, async () => {
        if (await failure.isVisible()) await clear();
      });
      this.take(await signedIn);
    },
  };

  /** One of each, more of what matters; what is switched off is switched on again soon. */
  private deck(): (keyof typeof this.actions)[] {
    const more = ['refresh', 'turnGroup', 'turnGroup', 'switchOn', 'clearFilter'] as const;
    const cancels = ['cancelByCommand', 'cancelByApi', 'cancelByCommand', 'cancelByApi'] as const;
    return [...(Object.keys(this.actions) as (keyof typeof this.actions)[]), ...more, ...cancels];
  }

  /** Cancels a job in one way, or in several at once. */
  private async cancel(...ways: ((id: string) => Promise<Thrown | undefined>)[]): Promise<void> {
    const { random, demo, cancels } = this.options;
    await this.actions.switchOn();
    // One that ends as canceled by itself tells nothing.
    const telling = ({ id, plan, ...job }: DemoJob) =>
      !isFinished({ id, plan, ...job }) &&
      plan.state !== 'CANCELED' &&
      plan.result !== 'ABORTED' &&
      !cancels.has(id);
    const candidates = demo.jobs().filter(telling);
    const cancelable = candidates.filter(({ cancelable }) => cancelable);
    const from = cancelable.length === 0 || random.chance(0.1) ? candidates : cancelable;
    if (from.length === 0) return;
    const { id } = random.pick(from);
    for (const way of ways) cancels.note(id, way(id));
  }

  private command(job: string): Promise<Thrown | undefined> {
    return command(this.options.workbench, 'cancel', { job, confirm: false });
  }

  /** Answers the question, if there is one: what can't be canceled is told instead. */
  private async confirmed(job: string): Promise<Thrown | undefined> {
    const { dialog, notifications } = this.options.workbench;
    const outcome = command(this.options.workbench, 'cancel', { job });
    const answered: true[] = [];
    await untilSettled(outcome, async () => {
      if (answered.length > 0 || !(await dialog.box.isVisible())) return;
      answered.push(true);
      await dialog.answer('Cancel Job');
    });
    const thrown = await outcome;
    if (thrown || answered.length > 0) return thrown;
    return { message: await notifications.waitFor('was not canceled') };
  }

  private take(thrown: Thrown | undefined): void {
    if (!thrown || thrown.message.includes(instance) || foreseen.test(thrown.message)) return;
    this.unforeseen.push(thrown.message);
  }
}

/** Does something again and again until a promise, which never rejects, has settled. */
async function untilSettled(promise: Promise<unknown>, work: () => Promise<void>): Promise<void> {
  const waiting = { settled: false };
  void promise.then(() => (waiting.settled = true));
  while (!waiting.settled) {
    await work();
    await Promise.race([promise, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
  return list
    .map((each) => [random.next(), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
}
