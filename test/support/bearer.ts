import { OAuth2Client } from 'google-auth-library';

/** Credentials that are this access token. */
export function bearer(token: string): OAuth2Client {
  const client = new OAuth2Client();
  client.setCredentials({ access_token: token });
  return client;
}
