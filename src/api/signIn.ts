/** What a person signs in with. It lives in SecretStorage and in memory, nowhere else. */
export type Credentials =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** The `Authorization` header of a request. */
export function authorization(credentials: Credentials): string {
  switch (credentials.kind) {
    case 'basic':
      // RFC 7617 with UTF-8, which Collibra's own clients use.
      return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`, 'utf8').toString('base64')}`;
    case 'bearer':
      return `Bearer ${credentials.token}`;
  }
}
