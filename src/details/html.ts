import { randomBytes } from 'node:crypto';

/** What the details page needs to know of the place where it is shown. */
export interface DetailsHtmlOptions {
  /** `webview.cspSource` */
  readonly cspSource: string;
  /** A fresh one for every page. */
  readonly nonce: string;
  /** dist/webview/details.js and details.css, each through `webview.asWebviewUri`. */
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly title: string;
  /** `vscode.env.language` */
  readonly language: string;
  /** `vscode.l10n.bundle`; undefined for English. Inside the page, so that it never shows English first. */
  readonly l10n?: Readonly<Record<string, unknown>> | undefined;
}

/** The HTML of the details page: no data of a job, only the frame that the script fills. */
export function detailsHtml(options: DetailsHtmlOptions): string {
  const { cspSource, nonce, l10n = {} } = options;
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return html`<!doctype html>
    <html lang="${options.language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href="${options.styleUri}" />
        <title>${options.title}</title>
      </head>
      <body>
        <div id="page" data-l10n="${JSON.stringify(l10n)}"></div>
        <script nonce="${nonce}" src="${options.scriptUri}"></script>
      </body>
    </html> `;
}

/** A value that nobody can guess, for the page's content security policy. */
export function nonce(): string {
  return randomBytes(24).toString('base64url');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** A template whose every value is escaped. There is no way around it. */
function html(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((before, part, index) => before + escapeHtml(values[index - 1] ?? '') + part);
}
