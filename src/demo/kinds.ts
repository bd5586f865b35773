/** What most kinds of jobs have in common. */
const usual = {
  /** How often it comes, compared with the others. */
  weight: 1,
  cancelable: true,
  /** Run by the system for nobody, and not visible. */
  system: false,
  /** Submitted by the system for a person. */
  onBehalf: false,
  /** Percent at which it completes. */
  lastProgress: 100,
};

/**
 * Kinds of jobs that come again and again, take about the same time, and differ by their names alone. The
 * message is what they say when all went well; undefined is none at all. A word in braces is filled in.
 */
function kinds(
  type: string,
  usualSeconds: number,
  message: string | undefined,
  unusual: Partial<typeof usual>,
  names: readonly string[],
) {
  return names.map((name) => ({ ...usual, type, usualSeconds, message, name, ...unusual }));
}

const removed = '{"assetsCount":{rows},"assetsRemoved":{rows},"completed":true}';
const imported = 'Import of {rows} rows finished in {seconds}s.';
const counted = '{"tables":{tables},"columns":{rows},"changed":{changed},"seconds":{seconds}}';
const saved = '{rows} changes saved.';
const exported = '{"fileName":"export.xlsx","rows":{rows},"truncated":false}';
const harvested = '{rows} lineage relations harvested.';

/** REMOVECOMMUNITIES, IMPORT and DELTA_INGESTION are Collibra's; the other types are made up to match. */
const all = [
  kinds('REMOVECOMMUNITIES', 22, removed, { cancelable: false, weight: 2 }, ['Removal of communities']),
  kinds('IMPORT', 55, imported, { weight: 5 }, ['Synchronization of batch for id: {uuid}']),
  kinds('DELTA_INGESTION', 240, counted, {}, ['Database Synchronisation of source Snowflake PROD']),
  kinds('DELTA_INGESTION', 130, counted, {}, ['Database Synchronisation of source Oracle Finance']),
  kinds('DELTA_INGESTION', 70, counted, { weight: 2 }, ['Database Synchronisation of source PostgreSQL CRM']),
  kinds('IMPORT', 40, imported, { lastProgress: 50 }, [
    'CSV import of Customers.csv',
    'Excel import of Business glossary.xlsx',
    'Excel import of Data owners.xlsx',
    'CSV import of Retention rules.csv',
  ]),
  kinds('CAPABILITY_SYNCHRONIZATION', 90, counted, {}, [
    'Synchronization for Tableau metadata',
    'Synchronization for Power BI metadata',
    'Synchronization for Databricks Unity Catalog',
  ]),
  kinds('WORKFLOW', 25, '', { onBehalf: true }, [
    'Approval of data set Customer orders',
    'Approval of data set Sales ledger',
    'Approval of data set HR headcount',
  ]),
  kinds('HYPERLINKS', 60, undefined, { system: true, weight: 2 }, ['Recalculation of hyperlinks']),
  kinds('REINDEX', 200, undefined, { system: true, cancelable: false }, ['Reindex of the search index']),
  kinds('BULK_EDIT', 30, saved, { weight: 3 }, ['Bulk edit of {number} assets']),
  kinds('EXPORT', 35, exported, { weight: 2 }, ['Export of {subject}']),
  kinds('LINEAGE_HARVEST', 150, harvested, { lastProgress: 96.5 }, ['Snowflake lineage harvest']),
].flat();

export type Kind = (typeof all)[number];

/** Each kind as often as its weight says. */
export const drawer = all.flatMap((kind) => Array<Kind>(kind.weight).fill(kind));
