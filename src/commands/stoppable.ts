import * as vscode from 'vscode';

/** Says how far the work is; `increment` in percent. */
export type Report = vscode.Progress<{ readonly message?: string; readonly increment?: number }>;

/** Works behind a message with a cancel button. Undefined when the person pressed it. */
export function stoppable<T>(
  title: string,
  work: (progress: Report, signal: AbortSignal) => Promise<T>,
): Thenable<T | undefined> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    const pressed = token.onCancellationRequested(() => controller.abort());
    try {
      return await work(progress, controller.signal);
    } catch (error) {
      if (controller.signal.aborted) return undefined;
      throw error;
    } finally {
      pressed.dispose();
    }
  });
}
