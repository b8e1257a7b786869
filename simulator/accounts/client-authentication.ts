import { createHash, timingSafeEqual } from 'node:crypto';
import type { OAuthClient } from './oauth-client.ts';
import { OAuthRefusal } from './refusal.ts';

/**
 * Which client a token request comes from: by `client_id` and `client_secret` in the body, or by HTTP basic
 * authentication, not both (RFC 6749, section 2.3).
 *
 * @throws OAuthRefusal
 */
export function authenticateClient(
  form: URLSearchParams,
  authorization: string | undefined,
  clients: readonly OAuthClient[],
): OAuthClient {
  const { id, secret } = credentialsOf(form, authorization);
  if (id === null) {
    throw new OAuthRefusal(400, 'invalid_request', 'Could not determine client ID from request.');
  }
  const client = clients.find(({ clientId }) => clientId === id);
  if (client === undefined) {
    throw new OAuthRefusal(401, 'invalid_client', 'The OAuth client was not found.');
  }
  if (secret === null) {
    throw new OAuthRefusal(400, 'invalid_request', 'client_secret is missing.');
  }
  if (!equalSecrets(secret, client.clientSecret)) {
    throw new OAuthRefusal(401, 'invalid_client', 'The provided client secret is invalid.');
  }
  return client;
}

interface Credentials {
  id: string | null;
  secret: string | null;
}

function credentialsOf(form: URLSearchParams, authorization: string | undefined): Credentials {
  if (authorization === undefined) {
    return { id: form.get('client_id'), secret: form.get('client_secret') };
  }
  if (form.has('client_secret')) {
    throw new OAuthRefusal(
      400,
      'invalid_request',
      'The client authenticates in more than one way.',
    );
  }
  const [scheme, encoded = ''] = authorization.split(' ');
  const [id = '', ...secret] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  if (scheme?.toLowerCase() !== 'basic') {
    throw new OAuthRefusal(401, 'invalid_client', 'Unknown way to authenticate a client.');
  }
  return { id: formDecode(id), secret: formDecode(secret.join(':')) };
}

/** Both halves are form-encoded (RFC 6749, section 2.3.1). */
function formDecode(text: string): string {
  return new URLSearchParams(`x=${text}`).get('x') ?? '';
}

/** In constant time; hashing makes the lengths equal. */
function equalSecrets(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
