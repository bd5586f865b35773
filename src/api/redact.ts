import type { Credentials } from './signIn';

/** Shorter ones stand in ordinary words too. */
const shortest = 4;

/** All that is secret of a sign-in, in the forms in which a server may repeat it. */
export function secretsIn(credentials: Credentials): readonly string[] {
  const { kind, passphrase = '' } = credentials;
  if (kind === 'bearer') return [credentials.token, passphrase];
  const secret = kind === 'basic' ? credentials.password : credentials.clientSecret;
  const user = kind === 'basic' ? credentials.username : credentials.clientId;
  const pair = Buffer.from(`${user}:${secret}`, 'utf8').toString('base64');
  return [pair, secret, encodeURIComponent(secret), passphrase];
}

/** Takes secrets out of a text: some servers repeat a token in the sentence with which they refuse it. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets
    .filter((each) => each.length >= shortest)
    .reduce((clean, each) => clean.replaceAll(each, '•••'), text)
    .replace(/\beyJ[\w-]{8,}\.[\w-]+\.?[\w-]*/g, '•••');
}
