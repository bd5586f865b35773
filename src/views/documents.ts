import * as vscode from 'vscode';

const scheme = 'collibra-jobs-document';
const texts = new Map<string, string>();
let provider: vscode.Disposable | undefined;
let last = 0;

/** A document of this text, for as long as it is open; it is nobody's to save. The name's ending tells its language. */
export function documentOf(name: string, text: string): vscode.Uri {
  provider ??= vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      provideTextDocumentContent: ({ query }) => texts.get(query),
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) texts.delete(uri.query);
    }),
  );
  const path = `/${name.replaceAll(/[/\\]/g, '-')}`;
  const uri = vscode.Uri.from({ scheme, path, query: String(++last) });
  texts.set(uri.query, text);
  return uri;
}
