import { badRequest } from './http';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const largestInt32 = 2 ** 31 - 1;

/** The id, in lower case, or a 400 when it isn't a UUID. */
export function parseUuid(name: string, value: string): string {
  if (!uuid.test(value)) throw badRequest(`${name} must be a UUID.`);
  return value.toLowerCase();
}

/**
 * The parameters of a query string, each checked against what the contract allows: a value that it forbids
 * is a 400. Names that nobody asks for are ignored, as Collibra does.
 */
export class Params {
  constructor(private readonly params: URLSearchParams) {}

  text(name: string): string | undefined {
    const values = this.params.getAll(name);
    if (values.length > 1) throw badRequest(`${name} may be given once only.`);
    return values[0];
  }

  integer(name: string, bounds: { otherwise: number; min: number; max?: number }): number {
    const text = this.text(name);
    if (text === undefined) return bounds.otherwise;
    const { min, max = largestInt32 } = bounds;
    const value = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw badRequest(`${name} must be an integer from ${min} to ${max}.`);
  }

  uuid(name: string): string | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : parseUuid(name, text);
  }

  boolean(name: string): boolean | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : oneOf(name, text, ['true', 'false']) === 'true';
  }

  word<Word extends string>(name: string, words: readonly Word[]): Word | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : oneOf(name, text, words);
  }

  /** All values of a repeated key; undefined when it isn't there, which is no filter. */
  texts(name: string): readonly string[] | undefined {
    const values = this.params.getAll(name);
    return values.length === 0 ? undefined : values;
  }

  words<Word extends string>(name: string, words: readonly Word[]): readonly Word[] | undefined {
    return this.texts(name)?.map((text) => oneOf(name, text, words));
  }
}

function oneOf<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === text);
  if (found === undefined) throw badRequest(`${name} must be one of ${words.join(', ')}.`);
  return found;
}
