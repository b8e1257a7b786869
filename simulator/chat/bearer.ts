import type { Authenticate, Principal } from '../principal.ts';
import { ApiError, errorInfo } from './api-error.ts';

const EXPECTED =
  'Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

/** @throws ApiError when there is no token, or none that is good */
export function principalOf(
  authorization: string | undefined,
  authenticate: Authenticate,
  protoMethod: string,
): Principal {
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (bearer === undefined) {
    throw unauthenticated(
      `Request is missing required authentication credential. ${EXPECTED}`,
      'CREDENTIALS_MISSING',
      protoMethod,
    );
  }
  const principal = authenticate(bearer);
  if (principal === undefined) {
    throw unauthenticated(
      `Request had invalid authentication credentials. ${EXPECTED}`,
      'ACCESS_TOKEN_TYPE_UNSUPPORTED',
      protoMethod,
    );
  }
  return principal;
}

function unauthenticated(message: string, reason: string, protoMethod: string): ApiError {
  const error = reason === 'CREDENTIALS_MISSING' ? '' : ', error="invalid_token"';
  return new ApiError('UNAUTHENTICATED', message, {
    details: [errorInfo(reason, protoMethod)],
    headers: { 'www-authenticate': `Bearer realm="https://accounts.google.com/"${error}` },
  });
}
