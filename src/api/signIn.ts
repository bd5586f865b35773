import type { Authorizer } from './authorizer';
import { ClientCredentials } from './clientCredentials';
import type { Transport } from './transport';

/** What a person signs in with. It lives in SecretStorage and in memory, nowhere else. */
export type Credentials = (
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'clientCredentials'; readonly clientId: string; readonly clientSecret: string }
) & {
  /** Of the client certificate's key. */
  readonly passphrase?: string;
};

export function signInWith(credentials: Credentials, transport: Transport): Authorizer {
  if (credentials.kind === 'clientCredentials') return new ClientCredentials(credentials, transport);
  const header = credentials.kind === 'basic' ? basic(credentials) : `Bearer ${credentials.token}`;
  return { authorization: () => header };
}

/** RFC 7617 with UTF-8, which Collibra's own clients use. */
function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
}

/** All that is secret of a sign-in, in the forms in which a server may repeat it. */
export function secretsIn(credentials: Credentials): readonly string[] {
  const { kind, passphrase = '' } = credentials;
  if (kind === 'bearer') return [credentials.token, passphrase];
  const secret = kind === 'basic' ? credentials.password : credentials.clientSecret;
  const user = kind === 'basic' ? credentials.username : credentials.clientId;
  const pair = Buffer.from(`${user}:${secret}`, 'utf8').toString('base64');
  return [pair, secret, encodeURIComponent(secret), passphrase];
}
