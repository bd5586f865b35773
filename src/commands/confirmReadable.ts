import * as vscode from 'vscode';
import type { Address } from '../connections/address';

const { t } = vscode.l10n;

/** Asks before a secret would travel unencrypted. True when it wouldn't, or when the person accepts it. */
export async function confirmReadable({ host, readable }: Address): Promise<boolean> {
  if (!readable) return true;
  const proceed = t('Send Secrets Unencrypted');
  const choice = await vscode.window.showWarningMessage(
    t('{0} would be asked over plain http.', host),
    {
      modal: true,
      detail: t(
        'Everybody on the way can read your password or token. Use the https:// address if there is one.',
      ),
    },
    proceed,
  );
  return choice === proceed;
}
