import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as ts from 'typescript';
import { root } from '../host/paths';

/** A call of `t`: one sentence of the product, in English. */
export interface Sentence {
  /** What translations are kept under: the message, with its comment behind a slash where it has one. */
  readonly key: string;
  /** What is said in English. */
  readonly message: string;
  /** How many values the call hands over to fill the placeholders; undefined where it can't be counted. */
  readonly values: number | undefined;
  /** Which form of a sentence with a count it is, for example "one"; undefined outside of `plural`. */
  readonly form: string | undefined;
  /** For example `src/jobs/format.ts:20`. */
  readonly place: string;
}

/** A string of the source with the node above it. */
export interface Literal {
  readonly text: string;
  readonly node: ts.Node;
  readonly place: string;
}

export interface Source {
  readonly sentences: readonly Sentence[];
  /** Calls of `t` whose sentence can't be read from the source. */
  readonly unreadable: readonly string[];
  /** Strings and templates outside of `t`; a template's values are `{}`. */
  readonly literals: readonly Literal[];
}

/** What all of src says. */
export async function readSource(): Promise<Source> {
  const folder = join(root, 'src');
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts')).sort();
  const sources = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      return readText(relative(root, path).replaceAll('\\', '/'), await readFile(path, 'utf8'));
    }),
  );
  return {
    sentences: sources.flatMap(({ sentences }) => sentences),
    unreadable: sources.flatMap(({ unreadable }) => unreadable),
    literals: sources.flatMap(({ literals }) => literals),
  };
}

/** What one file says. */
export function readText(path: string, text: string): Source {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const sentences: Sentence[] = [];
  const unreadable: string[] = [];
  const literals: Literal[] = [];
  const placeOf = (node: ts.Node) =>
    `${path}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isTypeNode(node)) return;
    if (ts.isCallExpression(node) && isT(node.expression)) {
      const [first, ...values] = node.arguments;
      const said = first && saidBy(first);
      if (!said) unreadable.push(placeOf(node));
      else {
        const countable = !values.some((value) => ts.isSpreadElement(value));
        const count = (said.args ?? values).length;
        const { key, message } = said;
        const place = placeOf(node);
        sentences.push({ key, message, values: countable ? count : undefined, form: formOf(node), place });
      }
      values.forEach(visit);
      return;
    }
    const text = textOf(node);
    if (text !== undefined) literals.push({ text, node, place: placeOf(node) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { sentences, unreadable, literals };
}

/** The placeholders of a sentence, sorted, each as often as it stands there: `["0", "1"]`. */
export function placeholders(sentence: string): string[] {
  return Array.from(sentence.matchAll(/\{(\w+)\}/g), ([, name = '']) => name).sort();
}

/** `t`, or `t` of something called `l10n`. */
function isT(called: ts.Expression): boolean {
  if (ts.isIdentifier(called)) return called.text === 't';
  return (
    ts.isPropertyAccessExpression(called) &&
    called.name.text === 't' &&
    called.expression.getText().endsWith('l10n')
  );
}

/** The name of the form in an object like `{ one: (n) => t('…'), other: (n) => t('…') }`. */
function formOf(call: ts.Node): string | undefined {
  const property = ts.findAncestor(call, ts.isPropertyAssignment);
  const name = property?.name.getText() ?? '';
  return categories.has(name) ? name : undefined;
}

const categories = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

/** What is said, and its values where they stand beside a comment; undefined where any of it is no literal. */
function saidBy(
  message: ts.Expression,
): { readonly key: string; readonly message: string; readonly args?: readonly ts.Expression[] } | undefined {
  if (ts.isStringLiteralLike(message)) return { key: message.text, message: message.text };
  if (!ts.isObjectLiteralExpression(message)) return undefined;
  const field = (name: string) => {
    const found = message.properties.find((property) => property.name?.getText() === name);
    return found && ts.isPropertyAssignment(found) ? found.initializer : undefined;
  };
  const [text, comment, args] = [field('message'), field('comment'), field('args')];
  if (!text || !comment || !ts.isStringLiteralLike(text) || !ts.isStringLiteralLike(comment))
    return undefined;
  return {
    key: `${text.text}/${comment.text}`,
    message: text.text,
    args: args && ts.isArrayLiteralExpression(args) ? args.elements : [],
  };
}

function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('');
}
