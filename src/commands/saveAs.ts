import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import type { ExportFormat } from '../jobs/exported';

const { t } = vscode.l10n;

/** Asks for a file on the disk. Undefined when the person gave up. */
export async function askFile(
  title: string,
  name: string,
  format: ExportFormat,
): Promise<string | undefined> {
  const file = `${name.replace(/[^\p{L}\p{N}]+/gu, '-')}.${format}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const chosen = await vscode.window.showSaveDialog({
    title,
    saveLabel: t('Export'),
    defaultUri: vscode.Uri.joinPath(folder, file),
    filters: format === 'csv' ? { CSV: ['csv'] } : { JSON: ['json'] },
  });
  if (chosen && chosen.scheme !== 'file') throw new Error(t('Choose a file on the disk.'));
  return chosen?.fsPath;
}

/** Tells that a file was written, and offers to open it. */
export async function tellDone(sentence: string, file: string): Promise<void> {
  const open = t('Open');
  if ((await vscode.window.showInformationMessage(sentence, open)) === open)
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

/** The file that an argument names. Throws a sentence when it can't be one. */
export function parseFile(given: unknown): string {
  if (typeof given !== 'string' || !isAbsolute(given))
    throw new Error(t('The argument "file" must be an absolute path.'));
  return given;
}
