import { t } from '@vscode/l10n';
import { CollibraError } from './errors';
import { record, text } from './fields';
import type { Authorizer } from './authorizer';
import type { Transport } from './transport';

const path = '/rest/oauth/v2/token';
/** A token is renewed this long before it expires, ms; one that lives shortly, when a quarter of its life is left. */
const margin = 60_000;
/** After a renewal before the expiry failed, the token that is still valid serves this long before the next try, ms. */
const nextTry = 10_000;

/** What a token consists of; RFC 6749, A.12. Anything else is no header. */
const visible = /^[\x20-\x7e]+$/;

interface Token {
  readonly header: string;
  /** ms since the epoch. */
  readonly expires: number;
  renewAt: number;
}

/**
 * OAuth 2.0 client credentials (RFC 6749, 4.4). All requests share one token. It is renewed shortly before it
 * expires, and when it is refused; many that need it at once ask once.
 */
export class ClientCredentials implements Authorizer {
  private token?: Token;
  private asking?: Promise<string>;
  /** Was refused, and given out again: asking once more is no use. */
  private only?: string;

  constructor(
    private readonly credentials: { readonly clientId: string; readonly clientSecret: string },
    private readonly transport: Transport,
    private readonly now: () => number = Date.now,
  ) {}

  authorization(): string | Promise<string> {
    if (this.token && this.now() < this.token.renewAt) return this.token.header;
    return this.ask();
  }

  async renew(refused: string): Promise<string> {
    // Another request may have renewed it already, or learnt that there is no other.
    if (this.token?.header === refused && this.only !== refused) this.token = undefined;
    const header = await this.authorization();
    if (header === refused) this.only = refused;
    return header;
  }

  private ask(): Promise<string> {
    return (this.asking ??= this.request().finally(() => (this.asking = undefined)));
  }

  private async request(): Promise<string> {
    try {
      this.token = await this.newToken();
    } catch (error) {
      const refused = error instanceof CollibraError && error.kind === 'signInNeeded';
      const { token } = this;
      if (refused || !token || this.now() >= token.expires) throw error;
      token.renewAt = Math.min(token.expires, this.now() + nextTry);
    }
    return this.token?.header ?? '';
  }

  private async newToken(): Promise<Token> {
    const { clientId, clientSecret } = this.credentials;
    const asked = this.now();
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const answer = await this.transport.send({ method: 'POST', path, body }).catch((error: unknown) => {
      throw error instanceof CollibraError ? this.meaning(error) : error;
    });
    const fields = record(answer.body);
    const token = text(fields?.['access_token']);
    if (token === undefined || !visible.test(token))
      throw this.transport.error('badAnswer', { detail: t('no access token') });
    // Where it says nothing sensible, the token serves until it is refused.
    const seconds = Number(fields?.['expires_in']);
    const life = seconds > 0 ? seconds * 1000 : Infinity;
    const expires = asked + life;
    return { header: `Bearer ${token}`, expires, renewAt: expires - Math.min(margin, life / 4) };
  }

  /** What a refusal of the token endpoint means; RFC 6749, 5.2. */
  private meaning(error: CollibraError): CollibraError {
    const { status, errorCode, userMessage } = error;
    if (errorCode === 'invalid_client' && error.kind !== 'signInNeeded')
      return this.transport.error('signInNeeded', { status, errorCode, userMessage });
    if (status === 400) return this.transport.error('forbidden', { status, errorCode, userMessage });
    if (error.kind === 'notFound')
      return this.transport.error('notCollibra', { status, detail: t('it has no OAuth token endpoint') });
    return error;
  }
}
