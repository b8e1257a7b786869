import { z } from 'zod';
import type { OAuthClient } from '../lib/authorization/client-file.ts';
import {
  loadOAuthWebConfig,
  loadSubscriberConfig,
  type ReadText,
  readClient,
} from '../lib/config/config.ts';
import { ConfigError, type Problem } from '../lib/config/problem.ts';
import { type Environment, readVariable } from '../lib/config/read.ts';
import type { Values } from '../lib/config/variables.ts';

/** The processes that one may ask the doctor for. */
export type Process = 'subscriber' | 'oauth-web';
export const PROCESSES: readonly Process[] = ['subscriber', 'oauth-web'];

/**
 * As much of the configuration as can be read. Unlike the processes, which start with all of it or not at all, the doctor goes
 * on with what there is: a wrong key keeps nobody from looking at the topic.
 */
export interface Setting {
  environment: Environment;
  processes: readonly Process[];
  problems: readonly Problem[];
  project: string | undefined;
  subscription: string | undefined;
  topic: string | undefined;
  notificationsSubscription: string | undefined;
  store: Values['STORE'] | undefined;
  tokenKeys: Values['TOKEN_KEYS'] | undefined;
  userAuth: Values['USER_AUTH'];
  client: OAuthClient | undefined;
  redirectUri: string | undefined;
  chatApiUrl: string | undefined;
  /** Where tokens come from by workload identity federation, as its file says. */
  federationUrls: readonly string[];
  /** Where else calls go. */
  urls: Readonly<
    Record<'revoke' | 'delegationToken' | 'iamCredentials' | 'kms', string | undefined>
  >;
  emulators: { pubsub: string | undefined; firestore: string | undefined };
}

/** Reads the environment as the processes would. */
export function readSetting(
  environment: Environment,
  readText: ReadText,
  processes: readonly Process[],
): Setting {
  const client = readClient(environment, readText).value;
  return {
    environment,
    processes,
    problems: problemsOf(environment, readText, processes),
    project: readVariable(environment, 'GOOGLE_CLOUD_PROJECT').value,
    subscription: readVariable(environment, 'PUBSUB_SUBSCRIPTION').value,
    topic: readVariable(environment, 'PUBSUB_TOPIC').value,
    notificationsSubscription: readVariable(environment, 'NOTIFICATIONS_SUBSCRIPTION').value,
    store: readVariable(environment, 'STORE').value,
    tokenKeys: readVariable(environment, 'TOKEN_KEYS').value,
    userAuth: readVariable(environment, 'USER_AUTH').value ?? 'consent',
    client,
    redirectUri: chosenRedirectUri(environment, client),
    chatApiUrl: readVariable(environment, 'CHAT_API_URL').value,
    federationUrls: federationUrls(environment, readText),
    urls: {
      revoke: readVariable(environment, 'OAUTH_REVOKE_URL').value,
      delegationToken: readVariable(environment, 'DELEGATION_TOKEN_URL').value,
      iamCredentials: readVariable(environment, 'IAM_CREDENTIALS_URL').value,
      kms: readVariable(environment, 'CLOUD_KMS_URL').value,
    },
    emulators: {
      pubsub: environment['PUBSUB_EMULATOR_HOST'] || undefined,
      firestore: environment['FIRESTORE_EMULATOR_HOST'] || undefined,
    },
  };
}

const federationFile = z.object({
  type: z.literal('external_account'),
  token_url: z.string(),
  service_account_impersonation_url: z.string().optional(),
});

function federationUrls(environment: Environment, readText: ReadText): string[] {
  try {
    const text = readText(environment['GOOGLE_APPLICATION_CREDENTIALS'] ?? '');
    const file = federationFile.safeParse(JSON.parse(text)).data;
    if (file === undefined) return [];
    return [file.token_url, file.service_account_impersonation_url ?? file.token_url];
  } catch {
    // Whether it can be used at all is looked at with the credentials.
    return [];
  }
}

/** Undefined unless it is one that Google would accept for this client. */
function chosenRedirectUri(
  environment: Environment,
  client: OAuthClient | undefined,
): string | undefined {
  const { value, problems } = readVariable(environment, 'OAUTH_REDIRECT_URI');
  if (client === undefined || problems.length > 0) return undefined;
  const chosen = value ?? client.redirectUris[0];
  return client.redirectUris.includes(chosen) ? chosen : undefined;
}

/** Every problem that the processes would report, each once. */
function problemsOf(
  environment: Environment,
  readText: ReadText,
  processes: readonly Process[],
): Problem[] {
  const loads = { subscriber: loadSubscriberConfig, 'oauth-web': loadOAuthWebConfig };
  const all = processes.flatMap((name) => {
    try {
      loads[name](environment, readText);
      return [];
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
  });
  const byText = new Map(
    all.map((problem) => [`${problem.variable}: ${problem.problem}`, problem]),
  );
  return [...byText.values()];
}
