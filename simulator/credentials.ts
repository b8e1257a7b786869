import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ServiceAccount } from './accounts/service-account.ts';
import type { Snapshot } from './snapshot.ts';

const client = z.object({ clientId: z.string(), clientSecret: z.string() });

const credentials = z.object({
  oauthClient: client,
  /** For `npm run chat`: of the type “Desktop app”. Laptops of before have none yet. */
  desktopClient: client.default(makeClient),
  serviceAccount: z.object({
    clientEmail: z.string(),
    keyId: z.string(),
    privateKeyPem: z.string(),
    publicKeyPem: z.string(),
  }),
  /** `TOKEN_KEYS` of the app. */
  tokenKeys: z.string(),
});

/** What an administrator would download from the console: made once, and kept as long as the laptop's Google is. */
export type Credentials = z.infer<typeof credentials>;

/** @throws z.ZodError when the snapshot holds something else */
export function loadCredentials(project: string, snapshot: Snapshot): Credentials {
  const saved = snapshot.load();
  const loaded = saved === undefined ? makeCredentials(project) : credentials.parse(saved);
  snapshot.save(loaded);
  return loaded;
}

function makeCredentials(project: string): Credentials {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return {
    oauthClient: makeClient(),
    desktopClient: makeClient(),
    serviceAccount: {
      clientEmail: `postern@${project}.iam.gserviceaccount.com`,
      keyId: randomBytes(20).toString('hex'),
      privateKeyPem: privateKey,
      publicKeyPem: publicKey,
    },
    tokenKeys: `laptop:${randomBytes(32).toString('base64')}`,
  };
}

function makeClient(): z.infer<typeof client> {
  return {
    clientId: `${randomBytes(6).toString('hex')}.apps.googleusercontent.com`,
    clientSecret: `GOCSPX-${randomBytes(21).toString('base64url')}`,
  };
}

export function publicPart({ serviceAccount }: Credentials): ServiceAccount {
  const { clientEmail, keyId, publicKeyPem } = serviceAccount;
  return { clientEmail, keyId, publicKeyPem };
}

/** A service account's key file, as the console makes it. */
export function keyFile(project: string, { serviceAccount }: Credentials): object {
  return {
    type: 'service_account',
    project_id: project,
    private_key_id: serviceAccount.keyId,
    private_key: serviceAccount.privateKeyPem,
    client_email: serviceAccount.clientEmail,
    client_id: '100000000000000000000',
    token_uri: 'https://oauth2.googleapis.com/token',
    universe_domain: 'googleapis.com',
  };
}

/**
 * An OAuth client file, as the console makes it, but for the simulator's endpoints.
 *
 * @param google the simulator's base URL
 */
export function clientFile(
  project: string,
  { oauthClient }: Credentials,
  google: string,
  redirectUri: string,
): object {
  return { web: clientEntry(project, oauthClient, google, redirectUri) };
}

/** The same of the client for `npm run chat`. */
export function desktopClientFile(
  project: string,
  { desktopClient }: Credentials,
  google: string,
): object {
  return { installed: clientEntry(project, desktopClient, google, 'http://localhost') };
}

function clientEntry(
  project: string,
  { clientId, clientSecret }: z.infer<typeof client>,
  google: string,
  redirectUri: string,
): object {
  return {
    client_id: clientId,
    project_id: project,
    client_secret: clientSecret,
    auth_uri: `${google}/o/oauth2/v2/auth`,
    token_uri: `${google}/token`,
    auth_provider_x509_cert_url: `${google}/oauth2/v1/certs`,
    redirect_uris: [redirectUri],
  };
}
