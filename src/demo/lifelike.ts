import type { Random } from './random';

export interface DemoUser {
  readonly id: string;
  readonly userName: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly emailAddress: string;
}

const user = (id: string, firstName: string, lastName: string): DemoUser => {
  const userName = `${firstName}.${lastName}`.toLowerCase();
  return { id, userName, firstName, lastName, emailAddress: `${userName}@example.com` };
};

/** Who the demo's token signs in as; may cancel any job. */
export const currentUser = user('5b3c1f0e-8a64-4d52-9c1b-2f7d60a9e413', 'Amelia', 'Novak');

const people = [
  currentUser,
  user('c90d7a52-13be-4f6a-8e27-b4510d9f3a68', 'Jonas', 'Lind'),
  user('1e84f6b7-d205-49c3-a71f-96c8e03b5d2a', 'Priya', 'Raman'),
  user('7a2b9d64-0f5e-4c81-b3d6-58e1c7f20b9d', 'Tomas', 'Ortega'),
] as const;

/** Collibra's own SYSTEM_USER has this id, which is of no UUID version. */
export const systemUser = user('00000000-0000-0000-0000-000000900001', 'System', 'User');

/** Left the company: jobs still name this id, but no user answers to it. */
const formerUserId = 'e3f58c10-4b97-4a2d-8d06-a17c92b6f5e4';

export const users: readonly DemoUser[] = [...people, systemUser];

/** A kind of job that comes again and again and takes about the same time. */
export interface Kind {
  readonly type: string;
  readonly name: (random: Random) => string;
  /** Usual duration in seconds. */
  readonly seconds: number;
  /** What it says when all went well; undefined is no message at all. */
  readonly done: (rows: number, seconds: number) => string | undefined;
  /** How often it comes, compared with the others; 1 unless told. */
  readonly weight?: number;
  readonly cancelable?: false;
  /** Run by the system for nobody, and not visible. */
  readonly system?: true;
  /** Submitted by the system for a person. */
  readonly onBehalf?: true;
  /** Percent at which it completes, where that isn't 100. */
  readonly lastProgress?: number;
}

const imported = (rows: number, seconds: number) => `Import of ${rows} rows finished in ${seconds}s.`;
const counted = (rows: number, seconds: number) =>
  JSON.stringify({ tables: Math.ceil(rows / 20), columns: rows, changed: rows % 17, seconds });
const removed = (rows: number) => JSON.stringify({ assetsCount: rows, assetsRemoved: rows, completed: true });
const ingestion = (source: string, seconds: number): Kind => {
  const name = `Database Synchronisation of source ${source}`;
  return { type: 'DELTA_INGESTION', name: () => name, seconds, done: counted };
};
const importOf = (name: string): Kind => ({
  type: 'IMPORT',
  name: () => `${name.endsWith('csv') ? 'CSV' : 'Excel'} import of ${name}`,
  seconds: 40,
  done: imported,
  lastProgress: 50,
});
const synchronization = (capability: string): Kind => {
  const name = `Synchronization for ${capability}`;
  return { type: 'CAPABILITY_SYNCHRONIZATION', name: () => name, seconds: 90, done: counted };
};
const approval = (dataSet: string): Kind => {
  const name = `Approval of data set ${dataSet}`;
  return { type: 'WORKFLOW', name: () => name, seconds: 25, done: () => '', onBehalf: true };
};
const internal = (type: string, name: string, seconds: number): Kind => {
  return { type, name: () => name, seconds, done: () => undefined, system: true };
};
/** REMOVECOMMUNITIES, IMPORT and DELTA_INGESTION are Collibra's; the other types are made up to match. */
const kinds: readonly Kind[] = [
  {
    type: 'REMOVECOMMUNITIES',
    name: () => 'Removal of communities',
    seconds: 22,
    done: removed,
    weight: 2,
    cancelable: false,
  },
  {
    type: 'IMPORT',
    name: (random) => `Synchronization of batch for id: ${random.uuid()}`,
    seconds: 55,
    done: imported,
    weight: 5,
  },
  ingestion('Snowflake PROD', 240),
  ingestion('Oracle Finance', 130),
  { ...ingestion('PostgreSQL CRM', 70), weight: 2 },
  ...['Customers.csv', 'Business glossary.xlsx', 'Data owners.xlsx', 'Retention rules.csv'].map(importOf),
  ...['Tableau metadata', 'Power BI metadata', 'Databricks Unity Catalog'].map(synchronization),
  ...['Customer orders', 'Sales ledger', 'HR headcount'].map(approval),
  { ...internal('HYPERLINKS', 'Recalculation of hyperlinks', 60), weight: 2 },
  { ...internal('REINDEX', 'Reindex of the search index', 200), cancelable: false },
  {
    type: 'BULK_EDIT',
    name: (random) => `Bulk edit of ${random.int(12, 480)} assets`,
    seconds: 30,
    done: (rows) => `${rows} changes saved.`,
    weight: 3,
  },
  {
    type: 'EXPORT',
    name: (random) => `Export of ${random.pick(['Business glossary', 'Data catalog', 'Policies'])}`,
    seconds: 35,
    done: (rows) => JSON.stringify({ fileName: 'export.xlsx', rows, truncated: false }),
    weight: 2,
  },
  {
    type: 'LINEAGE_HARVEST',
    name: () => 'Snowflake lineage harvest',
    seconds: 150,
    done: (rows) => `${rows} lineage relations harvested.`,
    lastProgress: 96.5,
  },
];

/** Each kind as often as its weight says. */
const drawer = kinds.flatMap((kind) => Array<Kind>(kind.weight ?? 1).fill(kind)) as [Kind, ...Kind[]];

export function pickKind(random: Random): Kind {
  return random.pick(drawer);
}

/** Who submits a job of the kind, and for whom it runs. */
export function pickUsers(kind: Kind, random: Random): { createdBy: string; userId: string } {
  if (kind.system) return { createdBy: systemUser.id, userId: systemUser.id };
  const userId = random.chance(0.04) ? formerUserId : random.pick(people).id;
  return { createdBy: kind.onBehalf ? systemUser.id : userId, userId };
}
