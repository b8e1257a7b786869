import { type OAuthClient, parseClientFile } from '../authorization/client-file.ts';
import type { StoreLocation } from '../store/open-store.ts';
import type { TokenKey } from '../store/token-keys.ts';
import type { LogLevel } from '../telemetry/log.ts';
import { allOf, bad, type Environment, good, type Reading, readVariable } from './read.ts';

/** What both processes need. */
export interface CommonConfig {
  projectId: string | undefined;
  store: StoreLocation;
  /** The first encrypts, all decrypt. */
  tokenKeys: readonly TokenKey[];
  oauth: OAuthConfig;
  /** Only accounts of this Workspace domain may connect. */
  allowedDomain: string | undefined;
  logLevel: LogLevel;
}

export interface OAuthConfig {
  client: OAuthClient;
  redirectUri: string;
  issuer: string;
  revokeUrl: string;
}

export interface SubscriberConfig extends CommonConfig {
  /** An id, or a full name. */
  subscription: string;
  topic: string;
  chatApiUrl: string;
  userAuth: 'consent';
  /** The commands that the ids of slash and quick commands stand for. */
  commandIds: ReadonlyMap<number, string>;
  adminPort: number;
  leaseMs: number;
  drainMs: number;
  maxConcurrency: number;
}

export interface OAuthWebConfig extends CommonConfig {
  host: string;
  port: number;
}

/** Reads a file as text. Throws when it can't. */
export type ReadText = (path: string) => string;

/** @throws ConfigError with every problem there is */
export function loadSubscriberConfig(
  environment: Environment,
  readText: ReadText,
): SubscriberConfig {
  const { leaseSeconds, drainSeconds, ...config } = allOf({
    ...commonReadings(environment, readText),
    subscription: readVariable(environment, 'PUBSUB_SUBSCRIPTION'),
    topic: readVariable(environment, 'PUBSUB_TOPIC'),
    chatApiUrl: readVariable(environment, 'CHAT_API_URL'),
    userAuth: readVariable(environment, 'USER_AUTH'),
    commandIds: readVariable(environment, 'CHAT_COMMANDS'),
    adminPort: readVariable(environment, 'ADMIN_PORT'),
    leaseSeconds: readVariable(environment, 'LEASE_SECONDS'),
    drainSeconds: readVariable(environment, 'DRAIN_SECONDS'),
    maxConcurrency: readVariable(environment, 'MAX_CONCURRENCY'),
  });
  return { ...config, leaseMs: leaseSeconds * 1000, drainMs: drainSeconds * 1000 };
}

/** @throws ConfigError with every problem there is */
export function loadOAuthWebConfig(environment: Environment, readText: ReadText): OAuthWebConfig {
  return allOf({
    ...commonReadings(environment, readText),
    host: readVariable(environment, 'HOST'),
    port: readVariable(environment, 'PORT'),
  });
}

function commonReadings(environment: Environment, readText: ReadText) {
  return {
    projectId: readVariable(environment, 'GOOGLE_CLOUD_PROJECT'),
    store: readVariable(environment, 'STORE'),
    tokenKeys: readVariable(environment, 'TOKEN_KEYS'),
    oauth: readOAuth(environment, readText),
    allowedDomain: readVariable(environment, 'ALLOWED_DOMAIN'),
    logLevel: readVariable(environment, 'LOG_LEVEL'),
  };
}

function readOAuth(environment: Environment, readText: ReadText): Reading<OAuthConfig> {
  const client = readClient(environment, readText);
  const redirectUri = readVariable(environment, 'OAUTH_REDIRECT_URI');
  const issuer = readVariable(environment, 'OAUTH_ISSUER');
  const revokeUrl = readVariable(environment, 'OAUTH_REVOKE_URL');
  if (
    client.value === undefined ||
    redirectUri.problems.length > 0 ||
    issuer.value === undefined ||
    revokeUrl.value === undefined
  ) {
    const problems = [client, redirectUri, issuer, revokeUrl].flatMap(({ problems }) => problems);
    return { value: undefined, problems };
  }
  const chosen = redirectUri.value ?? client.value.redirectUris[0];
  if (!client.value.redirectUris.includes(chosen)) {
    return bad('OAUTH_REDIRECT_URI', 'is none of the redirect URIs in OAUTH_CLIENT_FILE');
  }
  return good({
    client: client.value,
    redirectUri: chosen,
    issuer: issuer.value,
    revokeUrl: revokeUrl.value,
  });
}

function readClient(environment: Environment, readText: ReadText): Reading<OAuthClient> {
  const path = readVariable(environment, 'OAUTH_CLIENT_FILE');
  if (path.value === undefined) return path;
  try {
    const parsed = parseClientFile(readText(path.value));
    if (parsed.ok) return good(parsed.client);
    return bad('OAUTH_CLIENT_FILE', `the file can’t be used: ${parsed.problem}`);
  } catch {
    return bad('OAUTH_CLIENT_FILE', 'the file can’t be read (client_secrets.json by default)');
  }
}
