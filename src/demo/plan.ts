import type { Plan } from './demoJob';
import type { Kind } from './lifelike';
import type { Random } from './random';

/** Decides how a new job of the kind is going to go: mostly well, in about the usual time. */
export function planJob(kind: Kind, random: Random): Plan {
  const slow = random.chance(0.03) ? 2.5 : 1;
  const seconds = Math.max(20, Math.round(kind.seconds * slow * (0.85 + 0.3 * random.next())));
  const rows = random.int(20, 900);
  const last = kind.lastProgress ?? 100;
  const stopped = random.int(1, 940) / 10;
  const luck = random.next();
  const base = { duration: seconds * 1000, neverStarts: false, rows, errors: 0 };

  if (luck < 0.05 && kind.cancelable !== false) {
    const neverStarts = random.chance(0.3);
    const message = random.pick(['Canceled by user', 'Started by mistake', '']);
    return { ...base, state: 'CANCELED', result: 'ABORTED', message, progress: stopped, neverStarts };
  }
  if (luck < 0.13) {
    const neverStarts = random.chance(0.15);
    const message = neverStarts ? 'No worker took the job within the time allowed.' : failure(random);
    return { ...base, state: 'ERROR', result: 'FAILURE', message, progress: stopped, neverStarts, errors: 1 };
  }
  if (luck < 0.15) {
    const message = 'Stopped: the connection to the source was closed.';
    return { ...base, state: 'COMPLETED', result: 'ABORTED', message, progress: stopped, errors: 1 };
  }
  if (kind.type === 'IMPORT' && luck < 0.27) {
    const errors = Math.min(rows, random.int(2, 40));
    const message = `Import finished in ${seconds}s. ${errors} of ${rows} rows were refused.`;
    return { ...base, state: 'COMPLETED', result: 'COMPLETED_WITH_ERROR', message, progress: last, errors };
  }
  const message = kind.done(rows, seconds);
  return { ...base, state: 'COMPLETED', result: 'SUCCESS', message, progress: last };
}

function failure(random: Random): string {
  const short = 'Could not connect to the source: connection timed out after 30000 ms.';
  return random.pick([
    short,
    JSON.stringify({
      error: 'SOURCE_UNREACHABLE',
      retries: 3,
      detail: { host: 'db.example.com', port: 1521 },
    }),
    stackTrace(short, random),
  ]);
}

/** Some kB of text with many lines, as a server writes it. */
function stackTrace(reason: string, random: Random): string {
  const lines = Array.from({ length: 60 }, (_, depth) => {
    const module = random.pick(['ingestion', 'edge', 'jdbc', 'job.executor', 'transaction']);
    return `\tat com.example.dgc.${module}.Step${depth}.execute(Step${depth}.java:${random.int(20, 700)})`;
  });
  return [`java.sql.SQLTimeoutException: ${reason}`, ...lines].join('\n');
}
