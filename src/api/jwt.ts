import { instantFromMillis, record } from './fields';

/** When a JWT expires, ms since the epoch; RFC 7519 `exp`. Undefined for what is no JWT or names no end. */
export function jwtExpiry(token: string): number | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims = record(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    const seconds = claims?.['exp'];
    return typeof seconds === 'number' ? instantFromMillis(seconds * 1000)?.getTime() : undefined;
  } catch {
    return undefined;
  }
}
