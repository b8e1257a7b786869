import assert from 'node:assert/strict';
import { ConfigError, type Problem } from '../../../src/lib/config/problem.ts';

export const KEY = Buffer.alloc(32, 7).toString('base64');
export const CLIENT_SECRET = 'GOCSPX-not-for-the-log';
export const REDIRECT_URI = 'https://postern.example/oauth2';

/** As the Google Cloud console writes it. */
export const CLIENT = {
  client_id: '1234-abc.apps.googleusercontent.com',
  project_id: 'my-project',
  auth_uri: 'https://accounts.google.com/o/oauth2/auth',
  token_uri: 'https://oauth2.googleapis.com/token',
  auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
  client_secret: CLIENT_SECRET,
  redirect_uris: [REDIRECT_URI, 'http://localhost:8080/oauth2'],
};

export const KMS_KEY =
  'projects/my-project/locations/europe-west1/keyRings/postern/cryptoKeys/postern';

/** All that is required, and nothing else. */
export const LEAST = {
  PUBSUB_SUBSCRIPTION: 'postern',
  PUBSUB_TOPIC: 'postern',
  TOKEN_KEYS: `k1:${KEY}`,
} as const;

/** A disk with one file. */
export function disk(text: string = JSON.stringify({ web: CLIENT }), name = 'client_secrets.json') {
  return (path: string): string => {
    if (path !== name) throw new Error(`ENOENT: no such file, open '${path}'`);
    return text;
  };
}

/** What a load complains about; nothing when it succeeds. */
export function problemsOf(load: () => unknown): readonly Problem[] {
  try {
    load();
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.problems;
  }
}
