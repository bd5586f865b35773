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
  return { text: message.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, ''), json: false };
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
  const tokens = source.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
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
