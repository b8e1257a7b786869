import type { StoreLocation } from '../store/open-store.ts';
import type { TokenKey } from '../store/token-keys.ts';
import { type OAuthConfig, type ReadText, readOAuth, readUserAuth, sealedFor } from './config.ts';
import { allOf, type Environment, readVariable } from './read.ts';

/** What the operator's commands need to look into the store: as the processes have it. */
export interface AdminConfig {
  projectId: string | undefined;
  store: StoreLocation;
}

/** What it takes to end people's grants at Google. */
export interface AdminGrantsConfig extends AdminConfig {
  tokenKeys: readonly TokenKey[];
  kmsUrl: string;
  oauth: OAuthConfig;
}

/** What it takes to encrypt anew. */
export interface AdminKeysConfig extends AdminConfig {
  tokenKeys: readonly TokenKey[];
  kmsUrl: string;
  /** What sealed values are bound to. */
  clientId: string;
}

/** @throws ConfigError with every problem there is */
export function loadAdminConfig(environment: Environment): AdminConfig {
  return allOf(storeReadings(environment));
}

/** @throws ConfigError with every problem there is */
export function loadAdminGrantsConfig(
  environment: Environment,
  readText: ReadText,
): AdminGrantsConfig {
  return allOf({
    ...storeReadings(environment),
    tokenKeys: readVariable(environment, 'TOKEN_KEYS'),
    kmsUrl: readVariable(environment, 'CLOUD_KMS_URL'),
    oauth: readOAuth(environment, readText),
  });
}

/** @throws ConfigError with every problem there is */
export function loadAdminKeysConfig(environment: Environment, readText: ReadText): AdminKeysConfig {
  const { userAuth, ...config } = allOf({
    ...storeReadings(environment),
    tokenKeys: readVariable(environment, 'TOKEN_KEYS'),
    kmsUrl: readVariable(environment, 'CLOUD_KMS_URL'),
    userAuth: readUserAuth(environment, readText),
  });
  return { ...config, clientId: sealedFor(userAuth) };
}

function storeReadings(environment: Environment) {
  return {
    projectId: readVariable(environment, 'GOOGLE_CLOUD_PROJECT'),
    store: readVariable(environment, 'STORE'),
  };
}
