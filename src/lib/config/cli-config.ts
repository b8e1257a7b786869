import { isAbsolute, join } from 'node:path';
import type { OAuthClient } from '../authorization/client-file.ts';
import { isOnThisMachine } from '../authorization/secure-url.ts';
import type { TokenKey } from '../store/token-keys.ts';
import { type DelegationConfig, type ReadText, readClient, readDelegation } from './config.ts';
import { allOf, bad, type Environment, good, type Reading, readVariable } from './read.ts';

/** What the terminal needs to act as the app. */
export interface CliAppConfig {
  chatApiUrl: string;
}

/** What the terminal needs to act as whoever sits at it. */
export interface CliAccountConfig {
  chatApiUrl: string;
  oauth: CliOAuthConfig;
  /** Only accounts of this Workspace domain may sign in. */
  allowedDomain: string | undefined;
  /** Where the account is kept. */
  folder: string;
  /** Undefined: a key of the folder's own. */
  tokenKeys: readonly TokenKey[] | undefined;
  kmsUrl: string;
}

export interface CliOAuthConfig {
  client: OAuthClient;
  /** A web application's redirect URI on this machine; undefined for a desktop app, which may use any port. */
  redirectUri: string | undefined;
  issuer: string;
  revokeUrl: string;
}

/** What the terminal needs to act as somebody by domain-wide delegation. */
export interface CliDelegationConfig {
  chatApiUrl: string;
  delegation: DelegationConfig;
  /** Nobody else is acted for. */
  allowedDomain: string | undefined;
}

/** @throws ConfigError with every problem there is */
export function loadCliAppConfig(environment: Environment): CliAppConfig {
  return allOf({ chatApiUrl: readVariable(environment, 'CHAT_API_URL') });
}

/** @throws ConfigError with every problem there is */
export function loadCliDelegationConfig(environment: Environment): CliDelegationConfig {
  return allOf({
    chatApiUrl: readVariable(environment, 'CHAT_API_URL'),
    delegation: readDelegation(environment),
    allowedDomain: readVariable(environment, 'ALLOWED_DOMAIN'),
  });
}

/**
 * @param home the person's home folder
 * @throws ConfigError with every problem there is
 */
export function loadCliAccountConfig(
  environment: Environment,
  readText: ReadText,
  home: string,
): CliAccountConfig {
  const { client, issuer, revokeUrl, ...config } = allOf({
    chatApiUrl: readVariable(environment, 'CHAT_API_URL'),
    client: readReachableClient(environment, readText),
    issuer: readVariable(environment, 'OAUTH_ISSUER'),
    revokeUrl: readVariable(environment, 'OAUTH_REVOKE_URL'),
    allowedDomain: readVariable(environment, 'ALLOWED_DOMAIN'),
    folder: readFolder(environment, home),
    tokenKeys: environment['TOKEN_KEYS']
      ? readVariable(environment, 'TOKEN_KEYS')
      : good(undefined),
    kmsUrl: readVariable(environment, 'CLOUD_KMS_URL'),
  });
  return { ...config, oauth: { ...client, issuer, revokeUrl } };
}

type ReachableClient = Pick<CliOAuthConfig, 'client' | 'redirectUri'>;

/** What the variable’s own remedy says is for the servers. */
const REMEDY =
  'Create an OAuth client ID of type “Desktop app” in the Google Cloud console (APIs & Services → Credentials), and download its JSON.';

/** A client whose answers can come to this machine. */
function readReachableClient(
  environment: Environment,
  readText: ReadText,
): Reading<ReachableClient> {
  const reading = reachable(readClient(environment, readText));
  if (reading.value !== undefined) return reading;
  const problems = reading.problems.map((problem) => ({ ...problem, remedy: REMEDY }));
  return { value: undefined, problems };
}

function reachable({ value: client, problems }: Reading<OAuthClient>): Reading<ReachableClient> {
  if (client === undefined) return { value: undefined, problems };
  if (client.kind === 'installed') return good({ client, redirectUri: undefined });
  const redirectUri = client.redirectUris.find(isOnThisMachine);
  if (redirectUri !== undefined) return good({ client, redirectUri });
  return bad(
    'OAUTH_CLIENT_FILE',
    'its client is a web application without a redirect URI on this machine, such as http://127.0.0.1:8095/',
  );
}

/** The XDG Base Directory Specification has relative paths ignored. */
function readFolder(environment: Environment, home: string): Reading<string> {
  const folder = readVariable(environment, 'POSTERN_CONFIG_HOME');
  const base = readVariable(environment, 'XDG_CONFIG_HOME').value;
  if (folder.value !== undefined) return good(folder.value);
  const config = base !== undefined && isAbsolute(base) ? base : join(home, '.config');
  return good(join(config, 'postern'));
}
