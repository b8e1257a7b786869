import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Credentials, desktopClientFile, keyFile } from './credentials.ts';

export interface TerminalSetting {
  project: string;
  credentials: Credentials;
  googleUrl: string;
  /** Where its files are written, and where it keeps the account that signs in. */
  folder: string;
}

/** Writes the files that one would download from the console for `npm run chat`, and gives its variables. */
export function terminalEnvironment(setting: TerminalSetting): Record<string, string> {
  const { project, credentials, googleUrl, folder } = setting;
  const clientFile = join(folder, 'desktop_client.json');
  const serviceAccount = join(folder, 'service-account.json');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeSecret(clientFile, desktopClientFile(project, credentials, googleUrl));
  writeSecret(serviceAccount, keyFile(project, credentials));
  return {
    GOOGLE_APPLICATION_CREDENTIALS: serviceAccount,
    OAUTH_CLIENT_FILE: clientFile,
    OAUTH_ISSUER: googleUrl,
    OAUTH_REVOKE_URL: `${googleUrl}/revoke`,
    CHAT_API_URL: googleUrl,
    DELEGATION_TOKEN_URL: `${googleUrl}/token`,
    IAM_CREDENTIALS_URL: googleUrl,
    POSTERN_CONFIG_HOME: join(folder, 'terminal'),
    // Google's libraries would look for a metadata server, and wait for it.
    METADATA_SERVER_DETECTION: 'none',
  };
}

/** The same in a file, whose path it gives. */
export function writeTerminalEnvironment(setting: TerminalSetting): string {
  return writeEnvironment(join(setting.folder, 'chat.env'), terminalEnvironment(setting));
}

/** Writes variables for `node --env-file`. @returns the path */
export function writeEnvironment(
  path: string,
  variables: Readonly<Record<string, string>>,
): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(path, lines.join(''), { mode: 0o600 });
  return path;
}

function writeSecret(path: string, content: object): void {
  writeFileSync(path, `${JSON.stringify(content, undefined, 2)}\n`, { mode: 0o600 });
}
