import * as vscode from 'vscode';
import type { Session } from '../connections/session';

const { t } = vscode.l10n;

/** The guard of an instance where a mistake is expensive: its name has to be typed. */
export async function typeName({ profile }: Session, title: string): Promise<boolean> {
  const typed = await vscode.window.showInputBox({
    title,
    prompt: t('Type "{0}" to confirm.', profile.name),
    placeHolder: profile.name,
    ignoreFocusOut: true,
    validateInput: (now) =>
      now === '' || now.trim() === profile.name ? undefined : t('This is not "{0}".', profile.name),
  });
  return typed?.trim() === profile.name;
}
