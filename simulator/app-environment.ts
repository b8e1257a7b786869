import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Credentials, clientFile, keyFile } from './credentials.ts';

/** What the app's two processes have to be told, to find the simulator instead of Google. */
export interface AppSetting {
  project: string;
  credentials: Credentials;
  googleUrl: string;
  /** `host:port` */
  pubsubHost: string;
  redirectUri: string;
  files: { clientSecrets: string; serviceAccount: string };
  /** `STORE` */
  store: string;
  ports: { oauthWeb: number; admin: number };
}

/** Writes the files that one would download from the console, and gives the variables of both processes. */
export function appEnvironment(setting: AppSetting): Record<string, string> {
  const { project, credentials, googleUrl, redirectUri, files } = setting;
  writeSecret(files.clientSecrets, clientFile(project, credentials, googleUrl, redirectUri));
  writeSecret(files.serviceAccount, keyFile(project, credentials));
  return {
    GOOGLE_CLOUD_PROJECT: project,
    GOOGLE_APPLICATION_CREDENTIALS: files.serviceAccount,
    PUBSUB_EMULATOR_HOST: setting.pubsubHost,
    PUBSUB_SUBSCRIPTION: 'postern',
    PUBSUB_TOPIC: 'postern',
    NOTIFICATIONS_SUBSCRIPTION: 'postern-notifications',
    STORE: setting.store,
    TOKEN_KEYS: credentials.tokenKeys,
    CLOUD_KMS_URL: googleUrl,
    OAUTH_CLIENT_FILE: files.clientSecrets,
    OAUTH_ISSUER: googleUrl,
    OAUTH_REVOKE_URL: `${googleUrl}/revoke`,
    CHAT_API_URL: googleUrl,
    DELEGATION_TOKEN_URL: `${googleUrl}/token`,
    IAM_CREDENTIALS_URL: googleUrl,
    HOST: '127.0.0.1',
    PORT: String(setting.ports.oauthWeb),
    ADMIN_PORT: String(setting.ports.admin),
    // Google's libraries would look for a metadata server, and wait for it.
    METADATA_SERVER_DETECTION: 'none',
  };
}

function writeSecret(path: string, content: object): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
}
