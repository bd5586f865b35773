import { oneLine } from '../jobs/format';
import type { User, Users } from '../jobs/query';
import { CollibraError } from './errors';
import { isUuid, record, text } from './fields';
import type { Http } from './http';

const longestName = 100;
/** Failures that say nothing of the user, who may be asked for again. */
const passing = new Set(['unreachable', 'timeout', 'proxy', 'rateLimited', 'server', 'signInNeeded']);

/** The names behind user ids; Core REST 2.0 `/users`, which exists whichever generation serves the jobs. */
export class CollibraUsers implements Users {
  private readonly asked = new Map<string, Promise<User | undefined>>();
  /** The sign-in may not read users: asking for the next one is no use. */
  private forbidden = false;

  constructor(private readonly http: Http) {}

  async user(id: string): Promise<User | undefined> {
    const key = id.toLowerCase();
    const known = this.asked.get(key);
    if (!known && (this.forbidden || !isUuid(key))) return undefined;
    return (known ?? this.ask(key)).catch(() => undefined);
  }

  current(): Promise<User | undefined> {
    return this.asked.get('current') ?? this.ask('current');
  }

  private ask(key: string): Promise<User | undefined> {
    const answer = this.read(key).catch((error: unknown) => {
      if (!(error instanceof CollibraError) || passing.has(error.kind)) {
        this.asked.delete(key);
        throw error;
      }
      if (error.kind === 'forbidden' && key !== 'current') this.forbidden = true;
      return undefined;
    });
    this.asked.set(key, answer);
    return answer;
  }

  private async read(key: string): Promise<User | undefined> {
    const { body } = await this.http.request({ method: 'GET', path: `/rest/2.0/users/${key}` });
    const fields = record(body);
    const id = text(fields?.['id']);
    const full = [fields?.['firstName'], fields?.['lastName']].map(text).filter(Boolean).join(' ').trim();
    const name = oneLine(full || (text(fields?.['userName']) ?? ''), longestName);
    return id === undefined || !isUuid(id) || name === '' ? undefined : { id, name };
  }
}
