import { activeStates, finishedStates } from '../../src/jobs/job';
import type { Generation } from '../../src/jobs/query';
import type { Figure } from './figure';
import { startInstance } from './instance';
import { Panel } from './panel';

const sizes = [1000, 10_000, 100_000, 1_000_000];
const generations: readonly Generation[] = ['core-2.0', 'jobs-v1'];
const active = 20;

/** What one panel over one instance cost; requests, unless the name says bytes. */
interface Costs {
  /** What the server had received when the first rows were known. */
  readonly firstRows: number;
  /** The most that an automatic refresh took while nothing changed, with and without opened groups. */
  readonly automatic: number;
  readonly automaticBytes: number;
  readonly manual: number;
  readonly manualOpened: number;
  readonly unfocusedHour: number;
}

/** What a panel asks of instances of every size while nothing happens there. */
export async function requests(): Promise<Figure[]> {
  const costs = new Map<string, Costs>();
  for (const jobs of sizes) {
    const instance = await startInstance({ jobs, active, newest: Date.now() });
    try {
      for (const generation of generations) {
        const panel = await Panel.open(instance, generation);
        try {
          costs.set(`${generation}, ${jobs} jobs`, await measure(panel));
        } finally {
          panel.dispose();
        }
      }
    } finally {
      await instance.stop();
    }
  }
  return figures(costs);
}

async function measure(panel: Panel): Promise<Costs> {
  const { requestsBefore: firstRows } = await panel.firstRows();
  const automatic = [await panel.automatic(), await panel.automatic()];
  const manual = await panel.manual();
  await panel.openFinished();
  const manualOpened = await panel.manual();
  automatic.push(await panel.automatic());
  const unfocused = await panel.unfocusedHour();
  const seen = panel.count(activeStates);
  if (seen !== active) throw new Error(`${seen} active jobs are known where there are ${active}.`);
  if (panel.count(finishedStates) === 0) throw new Error('No finished job is known.');
  return {
    firstRows,
    automatic: Math.max(...automatic.map(({ requests }) => requests)),
    automaticBytes: Math.max(...automatic.map(({ bytes }) => bytes)),
    manual: manual.requests,
    manualOpened: manualOpened.requests,
    unfocusedHour: unfocused.requests,
  };
}

function figures(costs: ReadonlyMap<string, Costs>): Figure[] {
  const detail = (pick: (cost: Costs) => number) =>
    Object.fromEntries([...costs].map(([where, cost]) => [where, pick(cost)]));
  const most = (name: string, unit: string, atMost: number, pick: (cost: Costs) => number): Figure => ({
    name,
    value: Math.max(...Object.values(detail(pick))),
    unit,
    atMost,
    detail: detail(pick),
  });
  const spread = (name: string, atMost: number, pick: (cost: Costs) => number): Figure => {
    const ratios = generations.map((generation) => {
      const values = [...costs]
        .filter(([where]) => where.startsWith(generation))
        .map(([, cost]) => pick(cost));
      return Number((Math.max(...values) / Math.min(...values)).toFixed(4));
    });
    return {
      name,
      value: Math.max(...ratios),
      unit: '×',
      atMost,
      detail: Object.fromEntries(generations.map((generation, at) => [generation, ratios[at] ?? NaN])),
    };
  };
  return [
    most('Requests before the first rows are known', 'requests', 1, (cost) => cost.firstRows),
    most('Requests of an automatic refresh', 'requests', 2, (cost) => cost.automatic),
    spread(
      'Requests of an automatic refresh, largest by smallest over all sizes',
      1,
      (cost) => cost.automatic,
    ),
    most('Bytes of an automatic refresh', 'bytes', 40_000, (cost) => cost.automaticBytes),
    spread(
      'Bytes of an automatic refresh, largest by smallest over all sizes',
      1.05,
      (cost) => cost.automaticBytes,
    ),
    most('Requests of a manual refresh', 'requests', 5, (cost) => cost.manual),
    most('Requests of a manual refresh, finished groups opened', 'requests', 5, (cost) => cost.manualOpened),
    most(
      'Requests in an hour in which the window is not focused',
      'requests',
      0,
      (cost) => cost.unfocusedHour,
    ),
  ];
}
