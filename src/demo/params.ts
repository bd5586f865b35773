import { badRequest } from './http';

/** What a parameter may be. */
export interface Rule {
  /** The value, or undefined when the contract forbids it. */
  readonly parse: (text: string) => string | undefined;
  /** The rest of the sentence "name must …". */
  readonly must: string;
  /** It may be given more than once. */
  readonly many?: boolean;
}

export const text: Rule = { parse: (given) => given, must: 'be a text' };

/** Whatever its case, in lower case then. */
export const uuid: Rule = {
  parse: (given) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.exec(given.toLowerCase())?.[0],
  must: 'be a UUID',
};

export const word = (...words: readonly string[]): Rule => ({
  parse: (given) => words.find((each) => each === given),
  must: `be one of ${words.join(', ')}`,
});

/**
 * The values of a parameter; undefined when it isn't given. One that the rule forbids is a 400. Names that
 * nobody asks for are ignored, as Collibra does.
 */
export function values(params: URLSearchParams, name: string, rule: Rule): readonly string[] | undefined {
  const given = params.getAll(name);
  if (given.length > 1 && !rule.many) throw badRequest(`${name} may be given once only.`);
  return given.length === 0 ? undefined : given.map((each) => checked(name, each, rule));
}

/** The value of a parameter that may be given once. */
export function value(params: URLSearchParams, name: string, rule: Rule): string | undefined {
  return values(params, name, rule)?.[0];
}

/** From `min` to `max`, both included. */
export function integer(params: URLSearchParams, name: string, min: number, max = 2 ** 31 - 1) {
  const given = value(params, name, {
    parse: (text) => (/^-?\d{1,10}$/.test(text) && +text >= min && +text <= max ? text : undefined),
    must: `be an integer from ${min} to ${max}`,
  });
  return given === undefined ? undefined : Number(given);
}

/** The value, or a 400 that names what must have been another. */
export function checked(name: string, given: string, { parse, must }: Rule): string {
  const parsed = parse(given);
  if (parsed === undefined) throw badRequest(`${name} must ${must}.`);
  return parsed;
}

/** What a text says in JSON; undefined when it is none. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
