import { errorRow, errorsHead, noResultText } from './importErrors';
import { patiently } from './patience';
import type { ImportResults, PageToken } from './query';

/** Errors that are exported with one request. */
const exportPage = 1000;

/**
 * The text of a CSV file with all that an import refused, a piece for each page. `told` hears how many errors there
 * were so far.
 */
export async function* exportedErrors(
  results: ImportResults,
  id: string,
  told: (count: number) => void,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  yield errorsHead;
  let count = 0;
  let after: PageToken | undefined;
  do {
    const asked = { limit: exportPage, after };
    const answer = await patiently(() => results.errors(id, asked, signal), signal);
    if (answer.kind !== 'errors') throw new Error(noResultText(answer));
    yield answer.errors.map(errorRow).join('');
    told((count += answer.errors.length));
    after = answer.next;
  } while (after !== undefined);
}
