import { readFile } from 'node:fs/promises';

/** What a suite reports to the runner. */
export interface Results {
  readonly passed: number;
  readonly failed: number;
}

/** The environment variable that names the file to write the results to. */
export const resultsVariable = 'TEST_RESULTS_FILE';

/** Starts each line that the extension host prints while tests run in it: the window around it prints, too. */
export const hostMark = '| ';

/** The environment variable with a pattern: only the tests whose names match run. */
export const grepVariable = 'TEST_GREP';

/** The results that a suite left in the file; undefined when it left none, as after a crash. */
export async function readResults(file: string): Promise<Results | undefined> {
  try {
    const { passed, failed } = JSON.parse(await readFile(file, 'utf8')) as Partial<Results>;
    return typeof passed === 'number' && typeof failed === 'number' ? { passed, failed } : undefined;
  } catch {
    return undefined;
  }
}
