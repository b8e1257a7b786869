import { GoogleAuth } from 'google-auth-library';
import { CHAT_BOT } from './scopes.ts';

/**
 * The app's own credentials for the Chat API, from Application Default Credentials: a key file, the metadata server, or
 * workload identity federation. Nothing is read before the first call.
 *
 * A service account's key signs its own tokens (Google's AIP-4111), so that there is no token round trip. The service path is
 * what makes the library sign one token an hour, rather than one for every URL.
 */
export function createAppAuth(): GoogleAuth {
  const auth = new GoogleAuth({ scopes: [CHAT_BOT] });
  auth.useJWTAccessWithScope = true;
  auth.defaultServicePath = 'chat.googleapis.com';
  return auth;
}
