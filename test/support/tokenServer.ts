import { json, type Handler } from './loopback';

export interface TokenServer {
  /** Answers as an instance that gives out tokens and takes them for its jobs. */
  readonly handler: Handler;
  /** How often a token was asked for. */
  asked(): number;
  /** Every token that was given out is refused from now on. */
  revoke(): void;
}

/** RFC 6749 client credentials as Collibra has them, in front of an empty list of jobs. */
export function tokenServer({
  id = 'urn:sys:env:1:i:2',
  secret = 's3cret&=',
  expiresIn = 3600,
} = {}): TokenServer {
  let asked = 0;
  const valid = new Set<string>();
  return {
    asked: () => asked,
    revoke: () => valid.clear(),
    handler: (request, response) => {
      if (request.path !== '/rest/oauth/v2/token') {
        const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
        if (token !== undefined && valid.has(token)) json(response, { total: 0, results: [] });
        else json(response, { statusCode: 401 }, 401);
        return;
      }
      asked++;
      const form = new URLSearchParams(request.body);
      const known = form.get('client_id') === id && form.get('client_secret') === secret;
      if (request.method !== 'POST' || form.get('grant_type') !== 'client_credentials')
        json(response, { error: 'unsupported_grant_type' }, 400);
      else if (!known) json(response, { error: 'invalid_client', error_description: 'Unknown client.' }, 401);
      else {
        const token = `token-${asked}`;
        valid.add(token);
        json(response, { access_token: token, token_type: 'Bearer', expires_in: expiresIn });
      }
    },
  };
}
