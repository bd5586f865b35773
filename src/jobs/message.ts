export interface PrettyMessage {
  readonly text: string;
  /** The message was JSON and is laid out over several lines. */
  readonly json: boolean;
}

/**
 * A job's message as it is shown. A JSON object or array, also one inside a JSON string, is laid out;
 * anything else keeps its words and line breaks.
 */
export function prettyMessage(message: string): PrettyMessage {
  const source = jsonSource(message);
  if (source !== undefined) return { text: layOut(source), json: true };
  return { text: message.replace(/\r\n?/g, '\n').replace(/^\n+/, '').trimEnd(), json: false };
}

/** The text of the JSON object or array that `text` is or holds; undefined when it is neither. */
function jsonSource(text: string, depth = 0): string | undefined {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[' && first !== '"') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value === 'string') return depth < 3 ? jsonSource(value, depth + 1) : undefined;
  return text;
}

/** Deeper levels than this are indented no further: a hostile message would grow without bound. */
const deepest = 20;

/**
 * Lays out JSON that is known to be valid. It works on the text, because parsing and printing would round
 * long numbers and lose repeated keys.
 */
function layOut(source: string): string {
  const tokens = source.match(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  let depth = 0;
  const parts: string[] = [];
  const newLine = () => parts.push('\n', '  '.repeat(Math.min(depth, deepest)));
  tokens.forEach((token, index) => {
    const before = tokens[index - 1];
    if (token === '}' || token === ']') {
      depth--;
      if (before !== '{' && before !== '[') newLine();
    } else if (before === '{' || before === '[' || before === ',') {
      newLine();
    }
    parts.push(token === ':' ? ': ' : readable(token));
    if (token === '{' || token === '[') depth++;
  });
  return parts.join('');
}

/** A string without needless escapes, for example `é` for `\u00e9`. */
function readable(token: string): string {
  return token.includes('\\') ? JSON.stringify(JSON.parse(token)) : token;
}

/** A part of a text; `href` where it is an address of the web. */
export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

/** The addresses of a text apart from what is around them. Only http and https: nothing else may be clicked. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let done = 0;
  for (const { 0: found, index } of text.matchAll(/\bhttps?:\/\/[^\s<>"'`\\]+/gi)) {
    const href = withoutEnd(found);
    if (!URL.canParse(href)) continue;
    if (index > done) parts.push({ text: text.slice(done, index) });
    parts.push({ text: href, href });
    done = index + href.length;
  }
  return done < text.length ? [...parts, { text: text.slice(done) }] : parts;
}

/** What closes a sentence or a bracket is not of the address. A pattern would take a minute for a row of dots. */
function withoutEnd(found: string): string {
  let end = found.length;
  while ('.,;:!?)]}'.includes(found.charAt(end - 1))) end--;
  return found.slice(0, end);
}

/** Lines, and characters, of a long text that are shown before a person wants all of it. */
const foldedLines = 16;
const foldedLength = 3000;

/** The beginning of a long text, and how many lines it has; undefined for one that is shown whole. */
export function fold(text: string): { readonly start: string; readonly lines: number } | undefined {
  const lines = text.split('\n');
  if (lines.length <= foldedLines + 4 && text.length <= foldedLength + 500) return undefined;
  const start = lines.slice(0, foldedLines).join('\n').slice(0, foldedLength);
  return { start: start.replace(/[\ud800-\udbff]$/, ''), lines: lines.length };
}
