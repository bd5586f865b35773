import { t } from '@vscode/l10n';
import { spans } from '../jobs/filter';
import { jobStates, knownResults } from '../jobs/job';

/** The part of JSON Schema that the tools use. */
export interface Schema {
  readonly type: 'object' | 'string' | 'integer' | 'array';
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
}

/** Jobs that are found on one connection unless told, and at most. */
export const usualLimit = 20;
const largestLimit = 100;
/** Characters of a cancel message. Job API v1 takes no more, and a reason needs none. */
const longestMessage = 128;

const text = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength });
const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: values });
const listOf = (items: Schema, maxItems: number): Schema => ({ type: 'array', items, minItems: 1, maxItems });
const object = (properties: Schema['properties'], required?: readonly string[]): Schema => ({
  type: 'object',
  properties,
  ...(required && { required }),
  additionalProperties: false,
});

const connection = text(100);
const id: Schema = {
  type: 'string',
  pattern: '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
};
const period = object({ within: oneOf(spans), from: text(40), to: text(40) });
/** Nobody can ask for a state that this version doesn't know. */
const states = jobStates.filter((state) => state !== 'other');

/**
 * What each tool takes. The manifest has the same, with descriptions; VS Code shows that to the model, but doesn't
 * hold it to it.
 */
export const schemas = {
  collibra_find_jobs: object({
    connection,
    name: text(255),
    nameMatchMode: oneOf(['ANYWHERE', 'START', 'END', 'EXACT']),
    states: listOf(oneOf(states), states.length),
    results: listOf(oneOf(knownResults), knownResults.length),
    types: listOf(text(100), 20),
    started: period,
    ended: period,
    limit: { type: 'integer', minimum: 1, maximum: largestLimit, default: usualLimit },
  }),
  collibra_get_job: object({ connection, id }, ['id']),
  collibra_cancel_job: object({ connection, id, message: text(longestMessage) }, ['connection', 'id']),
} as const;

/** What is wrong with a value, in a sentence that names the field; undefined when it fits. */
export function problemOf(schema: Schema, value: unknown, field = 'input'): string | undefined {
  switch (schema.type) {
    case 'object':
      return objectProblem(schema, value, field);
    case 'array': {
      const { minItems = 0, maxItems = Infinity, items } = schema;
      if (!Array.isArray(value) || value.length < minItems || value.length > maxItems)
        return t('"{0}" must be a list of {1} to {2} entries.', field, minItems, maxItems);
      return items && firstOf(value.map((each: unknown) => problemOf(items, each, field)));
    }
    case 'integer': {
      const { minimum = -Infinity, maximum = Infinity } = schema;
      if (Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum) return undefined;
      return t('"{0}" must be a whole number from {1} to {2}.', field, minimum, maximum);
    }
    case 'string':
      return textProblem(schema, value, field);
  }
}

function objectProblem(schema: Schema, value: unknown, field: string): string | undefined {
  const { properties = {}, required = [] } = schema;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return t('"{0}" must be an object.', field);
  const given = value as Readonly<Record<string, unknown>>;
  const missing = required.find((name) => given[name] === undefined);
  if (missing !== undefined) return t('"{0}" is missing.', missing);
  return firstOf(
    Object.entries(given).map(([name, each]) => {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (!known)
        return t(
          '"{0}" has a field that nobody knows. There are: {1}.',
          field,
          Object.keys(properties).join(', '),
        );
      return each === undefined ? undefined : problemOf(known, each, name);
    }),
  );
}

function textProblem(schema: Schema, value: unknown, field: string): string | undefined {
  const { minLength = 0, maxLength = Infinity, pattern } = schema;
  // Half a character can't be sent.
  if (typeof value !== 'string' || /\p{Cs}/u.test(value)) return t('"{0}" must be text.', field);
  if (schema.enum && !schema.enum.includes(value))
    return t('"{0}" must be one of: {1}.', field, schema.enum.join(', '));
  // JSON Schema counts code points.
  const { length } = Array.from(value);
  if (length < minLength || length > maxLength)
    return t('"{0}" must have {1} to {2} characters.', field, minLength, maxLength);
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    return t('"{0}" must be the id of a job, which is a UUID.', field);
  return undefined;
}

function firstOf(problems: readonly (string | undefined)[]): string | undefined {
  return problems.find((problem) => problem !== undefined);
}
