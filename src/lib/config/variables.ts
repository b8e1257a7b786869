import { z } from 'zod';
import { GOOGLE_TOKEN_URL } from '../authorization/delegated-tokens.ts';
import { GOOGLE_ISSUER, GOOGLE_REVOKE_URL } from '../authorization/google-authorization.ts';
import { GOOGLE_IAM_CREDENTIALS_URL } from '../authorization/iam-credentials.ts';
import { secureUrl } from '../authorization/secure-url.ts';
import { MESSAGE_WRITES_PER_MINUTE } from '../chat/quotas.ts';
import { GOOGLE_KMS_URL } from '../kms/cloud-kms.ts';
import { LOG_LEVELS } from '../telemetry/log.ts';
import { anyPort, commands, count, port, rate, resource, store, tokenKeys } from './schemas.ts';
import { webhooks } from './webhooks.ts';

/**
 * Every variable of the environment that Postern reads itself: how it is parsed, and what to do when that fails. The libraries
 * read more (`GOOGLE_APPLICATION_CREDENTIALS`, `PUBSUB_EMULATOR_HOST`, `FIRESTORE_EMULATOR_HOST`, proxies).
 */
interface Variable<T> {
  schema: z.ZodType<T>;
  remedy: string;
}

const variable = <T>(schema: z.ZodType<T>, remedy: string): Variable<T> => ({ schema, remedy });

const variables = {
  GOOGLE_CLOUD_PROJECT: variable(
    z
      .string()
      .regex(/^[a-z0-9:.-]{3,}$/, 'is not a project id')
      .optional(),
    'Set it to the id (not the number) of your Google Cloud project, or leave it out to use the project of the credentials.',
  ),
  PUBSUB_SUBSCRIPTION: variable(
    resource('subscriptions'),
    'Set it to the pull subscription on the topic that Chat publishes to: postern, or projects/my-project/subscriptions/postern.',
  ),
  PUBSUB_TOPIC: variable(
    resource('topics'),
    'Set it to the topic of that subscription, the one on the Chat API page: postern, or projects/my-project/topics/postern.',
  ),
  NOTIFICATIONS_SUBSCRIPTION: variable(
    resource('subscriptions').optional(),
    'Set it to the pull subscription on the topic that your systems publish notifications to, or leave it out to post none.',
  ),
  WEBHOOKS: variable(
    webhooks,
    'Set it to name=URL, several separated by commas, with the URLs that Chat shows under “Apps & integrations” of a space.',
  ),
  STORE: variable(
    store,
    'Set it to firestore:auth-data, to the id of another Firestore database, or to sqlite:/path/to/file for one machine.',
  ),
  TOKEN_KEYS: variable(
    tokenKeys,
    'Set it to id:key, for example k1:$(openssl rand -base64 32), or to kms: and the name of a key of Cloud KMS. Both processes ' +
      'need the same. To rotate, put the new key first.',
  ),
  CLOUD_KMS_URL: variable(
    secureUrl.default(GOOGLE_KMS_URL),
    'Leave it out, unless you test against a stand-in for Google.',
  ),
  OAUTH_CLIENT_FILE: variable(
    z.string().default('client_secrets.json'),
    'Create an OAuth client ID of type “Web application” in the Google Cloud console (APIs & Services → Credentials), and download its JSON.',
  ),
  OAUTH_REDIRECT_URI: variable(
    secureUrl.optional(),
    'Set it to one of the OAuth client’s authorized redirect URIs, exactly, or leave it out to use the first.',
  ),
  OAUTH_ISSUER: variable(
    secureUrl.default(GOOGLE_ISSUER),
    'Leave it out, unless you test against a stand-in for Google.',
  ),
  OAUTH_REVOKE_URL: variable(
    secureUrl.default(GOOGLE_REVOKE_URL),
    'Leave it out, unless you test against a stand-in for Google.',
  ),
  CHAT_API_URL: variable(
    secureUrl.default('https://chat.googleapis.com'),
    'Leave it out, unless you test against a stand-in for Google.',
  ),
  CHAT_WRITES_PER_MINUTE: variable(
    count(MESSAGE_WRITES_PER_MINUTE, 1, 100_000),
    'Set it to how many messages this subscriber may write a minute: your project’s quota (3000), divided by the number of ' +
      'subscribers. Or leave it out if there is one only.',
  ),
  CHAT_WRITES_PER_SECOND_AND_SPACE: variable(
    rate(1, 0.05, 10),
    'Set it to how many messages this subscriber may write a second in one space, 0.05 to 10, or leave it out for 1, which ' +
      'is Chat’s quota.',
  ),
  USER_AUTH: variable(
    z
      .enum(['consent', 'delegation'], { error: 'is neither consent nor delegation' })
      .default('consent'),
    'Leave it out, or set it to consent, and each person connects their own account; or to delegation, and an administrator ' +
      'allows it for the whole domain.',
  ),
  DELEGATION_ACCOUNT: variable(
    z
      .string()
      .regex(/^[\w.-]+@[\w-]+(\.[\w-]+)+$/, 'is not the e-mail address of a service account')
      .optional(),
    'Set it to name@my-project.iam.gserviceaccount.com, the service account to act through, or leave it out to use that of ' +
      'the credentials.',
  ),
  DELEGATION_TOKEN_URL: variable(
    secureUrl.default(GOOGLE_TOKEN_URL),
    'Leave it out, unless you test against a stand-in for Google.',
  ),
  IAM_CREDENTIALS_URL: variable(
    secureUrl.default(GOOGLE_IAM_CREDENTIALS_URL),
    'Leave it out, unless you test against a stand-in for Google.',
  ),
  ALLOWED_DOMAIN: variable(
    z
      .string()
      .toLowerCase()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'is not a domain')
      .optional(),
    'Set it to your Workspace domain, such as example.com, or leave it out to let any account connect.',
  ),
  CHAT_COMMANDS: variable(
    commands,
    'Set it to the ids of the Chat API page’s slash and quick commands with the commands they stand for: 1:help,2:connect.',
  ),
  HOST: variable(
    z.string().default('0.0.0.0'),
    'Set it to the address to listen on, or leave it out for all of them.',
  ),
  PORT: variable(
    port(8080),
    'Set it to the port that the callback is served on, or leave it out for 8080.',
  ),
  TRUSTED_PROXIES: variable(
    count(0, 0, 10),
    'Set it to how many proxies or load balancers stand before oauth-web, 0 to 10, or leave it out for none.',
  ),
  ADMIN_PORT: variable(
    port(9090),
    'Set it to the loopback port for health checks, or leave it out for 9090.',
  ),
  OAUTH_WEB_ADMIN_PORT: variable(
    anyPort.optional(),
    'Set it to a loopback port for the metrics of oauth-web, or leave it out to serve none.',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    z.url({ protocol: /^https?$/, error: 'is no http or https URL' }).optional(),
    'Set it to the base URL of an OpenTelemetry collector, such as http://127.0.0.1:4318, or leave it out to push no telemetry.',
  ),
  LEASE_SECONDS: variable(
    count(90, 3, 600),
    'Set it to how long one attempt at a request may keep it from others, 3 to 600, or leave it out for 90.',
  ),
  DRAIN_SECONDS: variable(
    count(25, 1, 600),
    'Set it to how long a stop may take, 1 to 600 and less than your platform’s grace period, or leave it out for 25.',
  ),
  RECONNECT_SECONDS: variable(
    count(300, 1, 86_400),
    'Set it to how long the subscriber may be without a stream before it ends, 1 to 86400, or leave it out for 300.',
  ),
  MAX_CONCURRENCY: variable(
    count(100, 1, 1000),
    'Set it to how many requests may be worked on at once, 1 to 1000, or leave it out for 100.',
  ),
  POSTERN_CONFIG_HOME: variable(
    z.string().optional(),
    'Set it to a folder that only you may read, or leave it out for postern in XDG_CONFIG_HOME or ~/.config.',
  ),
  XDG_CONFIG_HOME: variable(
    z.string().optional(),
    'Set it to the folder of your configuration, or leave it out for ~/.config.',
  ),
  LOG_LEVEL: variable(
    z.enum(LOG_LEVELS, { error: `is none of ${LOG_LEVELS.join(', ')}` }).default('info'),
    'Set it to the least severity to log, or leave it out for info.',
  ),
};

export type VariableName = keyof typeof variables;

/** What each variable comes to, once parsed. */
export type Values = {
  [name in VariableName]: z.output<(typeof variables)[name]['schema']>;
};

export const VARIABLES: { readonly [name in VariableName]: Variable<Values[name]> } = variables;
