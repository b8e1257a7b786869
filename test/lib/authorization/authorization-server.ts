import type { AuthorizationServer } from '../../../src/lib/authorization/authorization.ts';
import { createAuthorizationServer } from '../../../src/lib/authorization/google-authorization.ts';
import { type FakeGoogle, REDIRECT_URI } from './fake-google.ts';
import { ISSUER } from './id-tokens.ts';

export const NOW = Date.parse('2026-11-20T09:00:00Z');

/** The real authorization server, changed, against Google's endpoints on this machine. */
export function serverAt(
  { client, revokeUrl }: Pick<FakeGoogle, 'client' | 'revokeUrl'>,
  change: Partial<Parameters<typeof createAuthorizationServer>[0]> = {},
): AuthorizationServer {
  return createAuthorizationServer({
    client,
    redirectUri: REDIRECT_URI,
    issuer: ISSUER,
    revokeUrl,
    clock: () => NOW,
    ...change,
  });
}
