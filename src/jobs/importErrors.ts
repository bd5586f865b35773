import { t } from '@vscode/l10n';
import { csvLine } from './csv';
import type { ImportError, NoImportResult } from './query';

/** The errors that name the text in anything that is shown of them, in whatever case. */
export function matchingErrors(errors: readonly ImportError[], text: string): readonly ImportError[] {
  const wanted = text.trim().toLowerCase();
  return errors.filter((error) => cells(error).some((cell) => cell?.toLowerCase().includes(wanted)));
}

/** The mark of UTF-8, and the header row. */
export const errorsHead = `\uFEFF${csvLine(['type', 'resourceType', 'indices', 'identifier', 'message'])}`;

/** An error as a row of CSV. */
export function errorRow(error: ImportError): string {
  return csvLine(cells(error));
}

function cells({ type, resourceType, indices, identifier, message }: ImportError) {
  return [type, resourceType, indices.join(' '), identifier, message];
}

/** Why there is no result, as a sentence. */
export function noResultText({ kind }: NoImportResult): string {
  return kind === 'notFinished'
    ? t('The import has not finished.')
    : t('The instance has no result of this import.');
}
