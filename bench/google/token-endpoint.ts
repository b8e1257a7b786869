import { generateSigningKey, signJwt } from '../../simulator/accounts/signing-key.ts';

/** Google's token endpoint: gives whoever asks an access token, and for a code an ID token, too. Refuses nobody. */
export interface TokenEndpoint {
  /** @param form of the request, as it was sent */
  answer(form: string): object;
  /** By key id, in PEM. */
  certificates(): object;
  /** What Google's consent page sends the browser back with. */
  codeFor(link: URL): string;
}

/** @param issuer what the app's `OAUTH_ISSUER` is */
export function createTokenEndpoint(issuer: string): TokenEndpoint {
  const key = generateSigningKey();
  let issued = 0;

  const idToken = (code: string): string => {
    const asked = new URLSearchParams(code);
    const clientId = asked.get('client_id') ?? '';
    const iat = Math.floor(Date.now() / 1000);
    return signJwt(key, {
      iss: issuer,
      azp: clientId,
      aud: clientId,
      sub: asked.get('login_hint'),
      nonce: asked.get('nonce'),
      iat,
      exp: iat + 3600,
    });
  };

  return {
    answer(form) {
      const fields = new URLSearchParams(form);
      issued += 1;
      const token = { access_token: `bench-${issued}`, expires_in: 3599, token_type: 'Bearer' };
      if (fields.get('grant_type') !== 'authorization_code') return token;
      const code = fields.get('code') ?? '';
      return {
        ...token,
        refresh_token: `bench-refresh-${issued}`,
        id_token: idToken(code),
        scope: new URLSearchParams(code).get('scope') ?? '',
      };
    },
    certificates: () => ({ [key.id]: key.publicKeyPem }),
    // Whoever consents is the one who was asked, and allows it all: the code says all that the token has to.
    codeFor: (link) => link.searchParams.toString(),
  };
}
