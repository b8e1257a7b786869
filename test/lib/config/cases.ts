import { loadOAuthWebConfig, loadSubscriberConfig } from '../../../src/lib/config/config.ts';
import type { VariableName } from '../../../src/lib/config/variables.ts';
import { inWords, TOKEN_KEYS } from './key-cases.ts';
import {
  DRAIN_SECONDS,
  LEASE_SECONDS,
  MAX_CONCURRENCY,
  RECONNECT_SECONDS,
  WRITES_PER_MINUTE,
  WRITES_PER_SECOND_AND_SPACE,
} from './number-cases.ts';
import { disk, LEAST, REDIRECT_URI } from './setting.ts';
import { WEBHOOKS } from './webhook-cases.ts';

/** Everything that either process reads. */
export function load(environment: Record<string, string>) {
  const all = { ...LEAST, ...environment };
  const read = disk();
  const files = (path: string): string =>
    read(path === 'other.json' ? 'client_secrets.json' : path);
  return { ...loadOAuthWebConfig(all, files), ...loadSubscriberConfig(all, files) };
}

const DELEGATION = { USER_AUTH: 'delegation' };
const delegation = ({ userAuth }: ReturnType<typeof load>) =>
  userAuth.kind === 'delegation' ? userAuth.delegation : undefined;

interface Case {
  variable: VariableName;
  /** What it comes to. */
  value: (config: ReturnType<typeof load>) => unknown;
  /** Undefined for one that is required. */
  byDefault?: unknown;
  required?: true;
  /** What else is set, for the variable to matter. */
  beside?: Record<string, string>;
  good: readonly (readonly [text: string, value: unknown])[];
  bad: readonly string[];
}

const url = (byDefault: string): Pick<Case, 'byDefault' | 'good' | 'bad'> => ({
  byDefault,
  good: [
    ['https://stand-in.example/x', 'https://stand-in.example/x'],
    ['http://127.0.0.1:9000', 'http://127.0.0.1:9000'],
    ['http://localhost:9000', 'http://localhost:9000'],
  ],
  bad: ['http://stand-in.example', 'stand-in.example', 'https://me:pass@a.example', 'file:///etc'],
});
const port = (byDefault: number): Pick<Case, 'byDefault' | 'good' | 'bad'> => ({
  byDefault,
  good: [
    ['0', 0],
    ['65535', 65_535],
  ],
  bad: ['65536', '-1', '80a', ' 80', '8e3', '999999'],
});
const resource = (kind: string): Pick<Case, 'required' | 'good' | 'bad'> => ({
  required: true,
  good: [
    ['my-events', 'my-events'],
    [`projects/my-project/${kind}/my-events`, `projects/my-project/${kind}/my-events`],
    [`projects/example.com:old/${kind}/my-events`, `projects/example.com:old/${kind}/my-events`],
  ],
  bad: [
    'ab',
    '1st',
    'my events',
    'projects/p/other/my-events',
    `projects//${kind}/my-events`,
    'a/b/c',
  ],
});

/** What each variable may be, and may not. */
export const CASES: readonly Case[] = [
  {
    variable: 'GOOGLE_CLOUD_PROJECT',
    value: ({ projectId }) => projectId,
    good: [['my-project-1', 'my-project-1']],
    bad: ['My Project', 'a/b', 'ab'],
  },
  {
    variable: 'PUBSUB_SUBSCRIPTION',
    value: ({ subscription }) => subscription,
    ...resource('subscriptions'),
  },
  { variable: 'PUBSUB_TOPIC', value: ({ topic }) => topic, ...resource('topics') },
  {
    variable: 'NOTIFICATIONS_SUBSCRIPTION',
    value: ({ notificationsSubscription }) => notificationsSubscription,
    good: resource('subscriptions').good,
    bad: resource('subscriptions').bad,
  },
  {
    variable: 'WEBHOOKS',
    value: ({ webhooks }) => [...webhooks].map(([name, { space, token }]) => [name, space, token]),
    byDefault: [],
    ...WEBHOOKS,
  },
  {
    variable: 'STORE',
    value: ({ store }) => store,
    byDefault: { kind: 'firestore', database: 'auth-data' },
    good: [
      ['firestore:other', { kind: 'firestore', database: 'other' }],
      ['sqlite:/var/lib/postern.sqlite', { kind: 'sqlite', path: '/var/lib/postern.sqlite' }],
      ['sqlite:C:/postern.sqlite', { kind: 'sqlite', path: 'C:/postern.sqlite' }],
    ],
    bad: ['firestore', 'firestore:', 'sqlite:', 'mysql:x', 'FIRESTORE:x'],
  },
  {
    variable: 'TOKEN_KEYS',
    value: ({ tokenKeys }) => tokenKeys.map(inWords),
    required: true,
    ...TOKEN_KEYS,
  },
  {
    variable: 'OAUTH_CLIENT_FILE',
    value: ({ oauth }) => oauth.client.clientId,
    byDefault: '1234-abc.apps.googleusercontent.com',
    good: [['other.json', '1234-abc.apps.googleusercontent.com']],
    bad: ['missing.json'],
  },
  {
    variable: 'OAUTH_REDIRECT_URI',
    value: ({ oauth }) => oauth.redirectUri,
    byDefault: REDIRECT_URI,
    good: [['http://localhost:8080/oauth2', 'http://localhost:8080/oauth2']],
    bad: ['http://postern.example/oauth2', `${REDIRECT_URI}/`, 'https://other.example/oauth2'],
  },
  {
    variable: 'OAUTH_ISSUER',
    value: ({ oauth }) => oauth.issuer,
    ...url('https://accounts.google.com'),
  },
  {
    variable: 'OAUTH_REVOKE_URL',
    value: ({ oauth }) => oauth.revokeUrl,
    ...url('https://oauth2.googleapis.com/revoke'),
  },
  {
    variable: 'CHAT_API_URL',
    value: ({ chatApiUrl }) => chatApiUrl,
    ...url('https://chat.googleapis.com'),
  },
  {
    variable: 'CHAT_WRITES_PER_MINUTE',
    value: ({ writesPerMinute }) => writesPerMinute,
    ...WRITES_PER_MINUTE,
  },
  {
    variable: 'CHAT_WRITES_PER_SECOND_AND_SPACE',
    value: ({ writesPerSecondAndSpace }) => writesPerSecondAndSpace,
    ...WRITES_PER_SECOND_AND_SPACE,
  },
  {
    variable: 'USER_AUTH',
    value: ({ userAuth }) => userAuth.kind,
    byDefault: 'consent',
    good: [
      ['consent', 'consent'],
      ['delegation', 'delegation'],
    ],
    bad: ['password', 'Consent'],
  },
  {
    variable: 'DELEGATION_ACCOUNT',
    beside: DELEGATION,
    value: (config) => delegation(config)?.account,
    good: [['p@my-project.iam.gserviceaccount.com', 'p@my-project.iam.gserviceaccount.com']],
    bad: ['postern', '12345', '-', 'a/b@c.example', 'p@my-project.iam/x'],
  },
  {
    variable: 'DELEGATION_TOKEN_URL',
    beside: DELEGATION,
    value: (config) => delegation(config)?.tokenUrl,
    ...url('https://oauth2.googleapis.com/token'),
  },
  {
    variable: 'IAM_CREDENTIALS_URL',
    beside: DELEGATION,
    value: (config) => delegation(config)?.iamCredentialsUrl,
    ...url('https://iamcredentials.googleapis.com'),
  },
  {
    variable: 'CLOUD_KMS_URL',
    value: ({ kmsUrl }) => kmsUrl,
    ...url('https://cloudkms.googleapis.com'),
  },
  {
    variable: 'ALLOWED_DOMAIN',
    value: ({ allowedDomain }) => allowedDomain,
    good: [
      ['example.com', 'example.com'],
      ['Mail.Example.COM', 'mail.example.com'],
    ],
    bad: ['example', '@example.com', 'https://example.com', 'example.com,example.org'],
  },
  {
    variable: 'CHAT_COMMANDS',
    value: ({ commandIds }) => [...commandIds],
    byDefault: [],
    good: [
      ['1:help', [[1, 'help']]],
      [
        ' 1 : help , 2:connect,',
        [
          [1, 'help'],
          [2, 'connect'],
        ],
      ],
    ],
    bad: ['help', '1=help', '1:help,1:post', '1:', '12345:help', '1:Help'],
  },
  {
    variable: 'HOST',
    value: ({ host }) => host,
    byDefault: '0.0.0.0',
    good: [['127.0.0.1', '127.0.0.1']],
    bad: [],
  },
  { variable: 'PORT', value: (config) => config.port, ...port(8080) },
  {
    variable: 'TRUSTED_PROXIES',
    value: ({ trustedProxies }) => trustedProxies,
    byDefault: 0,
    good: [
      ['1', 1],
      ['10', 10],
    ],
    bad: ['-1', '11', 'true', '1.5', '10.0.0.0/8'],
  },
  { variable: 'ADMIN_PORT', value: ({ adminPort }) => adminPort, ...port(9090) },
  { variable: 'LEASE_SECONDS', value: ({ leaseMs }) => leaseMs, ...LEASE_SECONDS },
  { variable: 'DRAIN_SECONDS', value: ({ drainMs }) => drainMs, ...DRAIN_SECONDS },
  { variable: 'RECONNECT_SECONDS', value: ({ reconnectMs }) => reconnectMs, ...RECONNECT_SECONDS },
  { variable: 'MAX_CONCURRENCY', value: (config) => config.maxConcurrency, ...MAX_CONCURRENCY },
  {
    variable: 'LOG_LEVEL',
    value: ({ logLevel }) => logLevel,
    byDefault: 'info',
    good: [
      ['debug', 'debug'],
      ['error', 'error'],
    ],
    bad: ['verbose', 'INFO'],
  },
];
