import * as vscode from 'vscode';
import { isAbort } from '../jobs/failure';
import { cancelJob, cancelQuestion } from './cancelJob';
import type { Connections } from './chosen';
import { findJobs } from './findJobs';
import { getJob } from './getJob';
import { unlinked } from './marked';
import { told } from './output';

const { t } = vscode.l10n;

const work = { collibra_find_jobs: findJobs, collibra_get_job: getJob, collibra_cancel_job: cancelJob };
export type ToolName = keyof typeof work;

/** Does what a tool is for, and answers the model. What is thrown has a sentence for the model and the person. */
export async function invoke(
  tool: ToolName,
  connections: Connections,
  input: unknown,
  token: vscode.CancellationToken,
): Promise<vscode.LanguageModelToolResult> {
  const given = new AbortController();
  const subscription = token.onCancellationRequested(() => given.abort());
  if (token.isCancellationRequested) given.abort();
  try {
    const text = await work[tool](connections, input, given.signal);
    return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
  } catch (error) {
    if (isAbort(error) || given.signal.aborted) throw new vscode.CancellationError();
    throw told(error);
  } finally {
    subscription.dispose();
  }
}

/** What is said while a tool works, and asked before one that changes something. */
export async function prepare(
  tool: ToolName,
  connections: Connections,
  input: unknown,
): Promise<vscode.PreparedToolInvocation> {
  if (tool === 'collibra_find_jobs') return { invocationMessage: t('Looking for jobs on Collibra') };
  if (tool === 'collibra_get_job') return { invocationMessage: t('Reading a job on Collibra') };
  try {
    const { title, facts } = await cancelQuestion(connections, input);
    // Neither trusted nor with icons: nothing in it is a command.
    const message = new vscode.MarkdownString();
    for (const [label, text] of facts)
      message
        .appendMarkdown(`**${label}:** `)
        .appendText(unlinked(text).replaceAll('&', '&amp;'))
        .appendMarkdown('\n\n');
    return {
      invocationMessage: t('Canceling a job on Collibra'),
      confirmationMessages: { title, message },
    };
  } catch (error) {
    throw told(error);
  }
}
