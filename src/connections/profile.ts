import { t } from '@vscode/l10n';
import type { Credentials } from '../api/signIn';
import type { CertificateFiles } from '../api/tls';
import { oneLine } from '../jobs/format';
import type { Generation } from '../jobs/query';
import { parseAddress } from './address';

/** A connection as the settings keep it: everything but the secret. */
export interface Profile extends CertificateFiles {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly auth: Credentials['kind'];
  /** The user's name, for kind `basic`. */
  readonly username?: string;
  /** For kind `clientCredentials`. */
  readonly clientId?: string;
  /** Undefined: the instance is asked which one it speaks. */
  readonly generation?: Generation;
  /** False: it stays in the list, and nothing is sent. */
  readonly enabled?: boolean;
  /** `allowed` unless told. */
  readonly cancel?: CancelGuard;
  /** A short word that tells instances apart, for example PROD. */
  readonly label?: string;
  readonly color?: Color;
  /** Where a job opens in a browser, with `{id}` for its id; where the instance does unless told. */
  readonly jobUrl?: string;
}

/** Whether jobs can be canceled: after a question, after typing the instance's name, or not at all. */
export type CancelGuard = (typeof cancelGuards)[number];
export const cancelGuards = ['allowed', 'confirmByName', 'off'] as const;

export type Color = keyof typeof colors;
/** What stands for a colour where only text can be shown. */
export const colors = {
  red: '🔴',
  orange: '🟠',
  yellow: '🟡',
  green: '🟢',
  blue: '🔵',
  purple: '🟣',
} as const;

export const authKinds = ['basic', 'bearer', 'clientCredentials'] as const;
export const generations = ['auto', 'core-2.0', 'jobs-v1'] as const;
const longestLabel = 20;
const longestName = 100;

/** The connection of the demo, which is in no settings. */
export const reservedId = 'demo';

/** The name of a connection with its label and colour, for titles and questions: "Production (🔴 PROD)". */
export function markedName({ name, label, color }: Pick<Profile, 'name' | 'label' | 'color'>): string {
  const mark = [color && colors[color], label].filter(Boolean).join(' ');
  return mark === '' ? name : `${name} (${mark})`;
}

/** The same for where little fits: what tells instances apart comes first. */
export function shortName({ name, label, color }: Pick<Profile, 'name' | 'label' | 'color'>): string {
  return [color && colors[color], label, name].filter(Boolean).join(' ');
}

/** Checks an entry of the setting; throws what is wrong with it, in words that follow a colon. */
export function parseProfile(entry: unknown): Profile {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    throw new Error(t('it is no object'));
  const fields = new Fields(entry as Record<string, unknown>);
  const id = fields.text('id');
  if (id === undefined || !/^[\w-]{1,64}$/.test(id))
    throw new Error(t('its id must be letters, digits and hyphens'));
  if (id === reservedId) throw new Error(t('its id is the one of the demo'));
  const url = fields.text('url');
  if (url === undefined) throw new Error(t('it has no url'));
  const address = parseAddress(url);
  const auth = fields.oneOf('auth', authKinds);
  if (auth === undefined) throw new Error(t('its auth must be one of {0}', authKinds.join(', ')));
  const generation = fields.oneOf('generation', generations);
  const profile: Profile = {
    id,
    name: textOr(fields.text('name'), address.host),
    url: address.url,
    auth,
    username: auth === 'basic' ? fields.required('username') : fields.text('username'),
    clientId: auth === 'clientCredentials' ? fields.required('clientId') : fields.text('clientId'),
    generation: generation === 'auto' ? undefined : generation,
    enabled: fields.flag('enabled'),
    cancel: fields.oneOf('cancel', cancelGuards),
    label: textOr(fields.text('label'), undefined),
    color: fields.oneOf('color', Object.keys(colors) as Color[]),
    jobUrl: fields.text('jobUrl'),
    caFile: fields.text('caFile'),
    certFile: fields.text('certFile'),
    keyFile: fields.text('keyFile'),
  };
  if (profile.name.length > longestName || oneLine(profile.name) !== profile.name)
    throw new Error(t('its name has more than one line, or more than {0} characters', longestName));
  if (auth === 'basic' && profile.username?.includes(':')) throw new Error(t('a user name has no colon'));
  if ((profile.label ?? '').length > longestLabel)
    throw new Error(t('its label has more than {0} characters', longestLabel));
  const { jobUrl } = profile;
  if (jobUrl !== undefined && !(/^https?:\/\//i.test(jobUrl) && URL.canParse(jobUrl)))
    throw new Error(t('its jobUrl must be an address that starts with https://'));
  // A misspelled guard must not pass for none.
  fields.requireNoOthers();
  return profile;
}

/** The text without blanks around it, or what stands for none. */
export function textOr<T>(text: string | undefined, none: T): string | T {
  const trimmed = text?.trim() ?? '';
  return trimmed === '' ? none : trimmed;
}

/** Undefined for "auto", which asks the instance. Throws for what is no generation. */
export function parseGeneration(given: unknown): Generation | undefined {
  const generation = new Fields({ generation: given }).oneOf('generation', generations);
  return generation === 'auto' ? undefined : generation;
}

/** The fields of an entry, each read once; one of a wrong type is refused. Empty text counts as missing. */
class Fields {
  private readonly read = new Set<string>();

  constructor(private readonly entry: Readonly<Record<string, unknown>>) {}

  text(name: string): string | undefined {
    const value = this.take(name);
    if (value === undefined || value === '') return undefined;
    if (typeof value !== 'string') throw new Error(t('its {0} must be text', name));
    return value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new Error(t('it has no {0}', name));
    return value;
  }

  flag(name: string): boolean | undefined {
    const value = this.take(name);
    if (value === undefined || typeof value === 'boolean') return value;
    throw new Error(t('its {0} must be true or false', name));
  }

  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined {
    const value = this.take(name);
    const known = values.find((each) => each === value);
    if (value !== undefined && known === undefined)
      throw new Error(t('its {0} must be one of {1}', name, values.join(', ')));
    return known;
  }

  requireNoOthers(): void {
    const unknown = Object.keys(this.entry).find((name) => !this.read.has(name));
    if (unknown !== undefined) throw new Error(t('it has a field "{0}" that nobody knows', unknown));
  }

  private take(name: string): unknown {
    this.read.add(name);
    return this.entry[name] ?? undefined;
  }
}

/** Whether an instance is asked the same for both: how it looks, is opened and may be canceled at says nothing of that. */
export function asksTheSame(a: Profile, b: Profile): boolean {
  const none = { label: undefined, color: undefined, cancel: undefined, jobUrl: undefined };
  return JSON.stringify({ ...a, ...none }) === JSON.stringify({ ...b, ...none });
}
