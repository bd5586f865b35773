import type { DemoJob, Plan } from './demoJob';
import { drawer, type Kind } from './kinds';
import type { Random } from './random';
import { pickPerson, systemUser } from './users';

/** A job that is submitted now, and how it is going to go. */
export function newJob(random: Random, createdOn: number): DemoJob {
  const kind = random.pick(drawer);
  const userId = kind.system ? systemUser.id : pickPerson(random);
  return {
    id: random.uuid(),
    name: kind.name
      .replace('{uuid}', () => random.uuid())
      .replace('{number}', () => `${random.int(12, 480)}`)
      .replace('{subject}', () => random.pick(['Business glossary', 'Data catalog', 'Policies'])),
    type: kind.type,
    createdOn,
    createdBy: kind.onBehalf ? systemUser.id : userId,
    userId,
    system: kind.system,
    selfManaged: kind.type === 'LINEAGE_HARVEST',
    visibility: kind.system ? 1 : 0,
    cancelable: kind.cancelable,
    plan: planFor(kind, random),
    state: 'WAITING',
    result: 'NOT_SET',
    progress: 0,
  };
}

/** Mostly well, in about the usual time. */
function planFor(kind: Kind, random: Random): Plan {
  const slow = random.chance(0.03) ? 2.5 : 1;
  const seconds = Math.max(20, Math.round(kind.usualSeconds * slow * (0.85 + 0.3 * random.next())));
  const rows = random.int(20, 900);
  const stopped = random.int(1, 940) / 10;
  const luck = random.next();
  const base = { duration: seconds * 1000, neverStarts: false, rows, errors: 0, progress: stopped };

  if (luck < 0.05 && kind.cancelable) {
    const neverStarts = random.chance(0.3);
    const message = random.pick(['Canceled by user', 'Started by mistake', '']);
    return { ...base, state: 'CANCELED', result: 'ABORTED', message, neverStarts };
  }
  if (luck < 0.13) {
    const neverStarts = random.chance(0.15);
    const message = neverStarts ? 'No worker took the job within the time allowed.' : failure(random);
    return { ...base, state: 'ERROR', result: 'FAILURE', message, neverStarts, errors: 1 };
  }
  if (luck < 0.15) {
    const message = 'Stopped: the connection to the source was closed.';
    return { ...base, state: 'COMPLETED', result: 'ABORTED', message, errors: 1 };
  }
  const completed = { ...base, state: 'COMPLETED', progress: kind.lastProgress } as const;
  if (kind.type === 'IMPORT' && luck < 0.27) {
    const errors = Math.min(rows, random.int(2, 40));
    const message = `Import finished in ${seconds}s. ${errors} of ${rows} rows were refused.`;
    return { ...completed, result: 'COMPLETED_WITH_ERROR', message, errors };
  }
  const message = kind.message
    ?.replaceAll('{rows}', `${rows}`)
    .replace('{seconds}', `${seconds}`)
    .replace('{tables}', `${Math.ceil(rows / 20)}`)
    .replace('{changed}', `${rows % 17}`);
  return { ...completed, result: 'SUCCESS', message };
}

/** One line, JSON, or some kB with many lines, as servers write them. */
function failure(random: Random): string {
  const reason = 'Could not connect to the source: connection timed out after 30000 ms.';
  const detail = { host: 'db.example.com', port: 1521 };
  const trace = Array.from({ length: 60 }, (_, depth) => {
    const module = random.pick(['ingestion', 'edge', 'jdbc', 'job.executor', 'transaction']);
    return `\tat com.example.dgc.${module}.Step${depth}.execute(Step${depth}.java:${random.int(20, 700)})`;
  });
  return random.pick([
    reason,
    JSON.stringify({ error: 'SOURCE_UNREACHABLE', retries: 3, detail }),
    [`java.sql.SQLTimeoutException: ${reason}`, ...trace].join('\n'),
  ]);
}
