import { type OAuthClient, parseClientFile } from '../authorization/client-file.ts';
import type { Webhook } from '../chat/webhook.ts';
import type { StoreLocation } from '../store/open-store.ts';
import type { TokenKey } from '../store/token-keys.ts';
import type { LogLevel } from '../telemetry/log.ts';
import { readWebhooks } from './notifications.ts';
import { allOf, bad, type Environment, good, type Reading, readVariable } from './read.ts';
import type { WebhookName } from './webhooks.ts';

/** What both processes need. */
export interface CommonConfig {
  projectId: string | undefined;
  store: StoreLocation;
  /** The first encrypts, all decrypt. */
  tokenKeys: readonly TokenKey[];
  kmsUrl: string;
  /** Only accounts of this Workspace domain may connect; with delegation, only they are acted for. */
  allowedDomain: string | undefined;
  logLevel: LogLevel;
  /** Of the collector that telemetry is pushed to, if there is one. */
  otlpEndpoint: string | undefined;
}

export interface OAuthConfig {
  client: OAuthClient;
  redirectUri: string;
  issuer: string;
  revokeUrl: string;
}

/** How the subscriber comes to act as people, and what that takes. */
export type UserAuth =
  | { kind: 'consent'; oauth: OAuthConfig }
  | { kind: 'delegation'; delegation: DelegationConfig };

/** What sealed values are bound to, so that those of another app don't open. Delegation keeps no tokens, and has no client. */
export function sealedFor(userAuth: UserAuth): string {
  return userAuth.kind === 'consent' ? userAuth.oauth.client.clientId : userAuth.kind;
}

export interface DelegationConfig {
  /** The service account to act through, if not that of the credentials. */
  account: string | undefined;
  tokenUrl: string;
  iamCredentialsUrl: string;
}

export interface SubscriberConfig extends CommonConfig {
  /** An id, or a full name. */
  subscription: string;
  topic: string;
  /** Where notifications come from; undefined when there are none to post. */
  notificationsSubscription: string | undefined;
  webhooks: ReadonlyMap<WebhookName, Webhook>;
  chatApiUrl: string;
  /** Of messages: what of Chat's quotas this process may use. */
  writesPerMinute: number;
  writesPerSecondAndSpace: number;
  userAuth: UserAuth;
  /** The commands that the ids of slash and quick commands stand for. */
  commandIds: ReadonlyMap<number, string>;
  adminPort: number;
  leaseMs: number;
  drainMs: number;
  reconnectMs: number;
  maxConcurrency: number;
}

export interface OAuthWebConfig extends CommonConfig {
  oauth: OAuthConfig;
  host: string;
  port: number;
  /** On loopback; undefined when there shall be none. */
  adminPort: number | undefined;
  /** How many proxies stand before it, each of which adds to `X-Forwarded-For`. */
  trustedProxies: number;
}

/** Reads a file as text. Throws when it can't. */
export type ReadText = (path: string) => string;

/** @throws ConfigError with every problem there is */
export function loadSubscriberConfig(
  environment: Environment,
  readText: ReadText,
): SubscriberConfig {
  const { leaseSeconds, drainSeconds, reconnectSeconds, ...config } = allOf({
    ...commonReadings(environment),
    subscription: readVariable(environment, 'PUBSUB_SUBSCRIPTION'),
    topic: readVariable(environment, 'PUBSUB_TOPIC'),
    notificationsSubscription: readVariable(environment, 'NOTIFICATIONS_SUBSCRIPTION'),
    webhooks: readWebhooks(environment),
    chatApiUrl: readVariable(environment, 'CHAT_API_URL'),
    writesPerMinute: readVariable(environment, 'CHAT_WRITES_PER_MINUTE'),
    writesPerSecondAndSpace: readVariable(environment, 'CHAT_WRITES_PER_SECOND_AND_SPACE'),
    userAuth: readUserAuth(environment, readText),
    commandIds: readVariable(environment, 'CHAT_COMMANDS'),
    adminPort: readVariable(environment, 'ADMIN_PORT'),
    leaseSeconds: readVariable(environment, 'LEASE_SECONDS'),
    drainSeconds: readVariable(environment, 'DRAIN_SECONDS'),
    reconnectSeconds: readVariable(environment, 'RECONNECT_SECONDS'),
    maxConcurrency: readVariable(environment, 'MAX_CONCURRENCY'),
  });
  return {
    ...config,
    leaseMs: leaseSeconds * 1000,
    drainMs: drainSeconds * 1000,
    reconnectMs: reconnectSeconds * 1000,
  };
}

/** @throws ConfigError with every problem there is */
export function loadOAuthWebConfig(environment: Environment, readText: ReadText): OAuthWebConfig {
  return allOf({
    ...commonReadings(environment),
    oauth: readOAuth(environment, readText),
    host: readVariable(environment, 'HOST'),
    port: readVariable(environment, 'PORT'),
    adminPort: readVariable(environment, 'OAUTH_WEB_ADMIN_PORT'),
    trustedProxies: readVariable(environment, 'TRUSTED_PROXIES'),
  });
}

function commonReadings(environment: Environment) {
  return {
    projectId: readVariable(environment, 'GOOGLE_CLOUD_PROJECT'),
    store: readVariable(environment, 'STORE'),
    tokenKeys: readVariable(environment, 'TOKEN_KEYS'),
    kmsUrl: readVariable(environment, 'CLOUD_KMS_URL'),
    allowedDomain: readVariable(environment, 'ALLOWED_DOMAIN'),
    logLevel: readVariable(environment, 'LOG_LEVEL'),
    otlpEndpoint: readVariable(environment, 'OTEL_EXPORTER_OTLP_ENDPOINT'),
  };
}

/** Only the chosen way has to be set up; of the other, nothing is a problem. */
export function readUserAuth(environment: Environment, readText: ReadText): Reading<UserAuth> {
  const kind = readVariable(environment, 'USER_AUTH');
  const oauth = readOAuth(environment, readText);
  const delegation = readDelegation(environment);
  if (kind.value === undefined) return kind;
  if (kind.value === 'consent') {
    return oauth.value === undefined ? oauth : good({ kind: 'consent', oauth: oauth.value });
  }
  if (delegation.value === undefined) return delegation;
  return good({ kind: 'delegation', delegation: delegation.value });
}

/** How to act as people whom an administrator has allowed it for. */
export function readDelegation(environment: Environment): Reading<DelegationConfig> {
  const account = readVariable(environment, 'DELEGATION_ACCOUNT');
  const tokenUrl = readVariable(environment, 'DELEGATION_TOKEN_URL');
  const iamCredentialsUrl = readVariable(environment, 'IAM_CREDENTIALS_URL');
  if (
    account.problems.length > 0 ||
    tokenUrl.value === undefined ||
    iamCredentialsUrl.value === undefined
  ) {
    const problems = [account, tokenUrl, iamCredentialsUrl].flatMap(({ problems }) => problems);
    return { value: undefined, problems };
  }
  return good({
    account: account.value,
    tokenUrl: tokenUrl.value,
    iamCredentialsUrl: iamCredentialsUrl.value,
  });
}

/** Google's authorization server, and our client there. */
export function readOAuth(environment: Environment, readText: ReadText): Reading<OAuthConfig> {
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

/** The OAuth client in the file that `OAUTH_CLIENT_FILE` names. */
export function readClient(environment: Environment, readText: ReadText): Reading<OAuthClient> {
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
