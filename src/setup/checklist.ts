import {
  CHAT_MEMBERSHIPS,
  CHAT_MEMBERSHIPS_APP,
  CHAT_MESSAGES_CREATE,
  CHAT_SPACES_CREATE,
  IDENTITY_SCOPES,
} from '../lib/authorization/scopes.ts';
import { accountEmail, type Blueprint, fullName, kmsKeyName } from '../lib/project/blueprint.ts';
import { consolePages } from '../lib/project/console.ts';
import { CHAT_COMMANDS, SLASH_COMMANDS } from '../lib/project/slash-commands.ts';

/** What people may be asked for, by one command or another. */
export const CONSENT_SCOPES: readonly string[] = [
  ...IDENTITY_SCOPES,
  CHAT_MESSAGES_CREATE,
  CHAT_MEMBERSHIPS,
  CHAT_MEMBERSHIPS_APP,
  CHAT_SPACES_CREATE,
];

/** What Google has no API for, step by step, with what to paste. */
export function checklist(plan: Blueprint, redirectUri: string): string[] {
  const { project } = plan;
  const pages = consolePages(project);
  const steps: readonly (readonly string[])[] = [
    [
      `Configure the Chat app: ${pages.chatApp}`,
      'Build this Chat app as a Google Workspace add-on: cleared, if you can',
      'App name: Postern · Avatar URL: the HTTPS address of a square picture · Description: a few words',
      'Interactive features: on · Functionality: join spaces and group conversations, and direct messages',
      `Connection settings: Cloud Pub/Sub, topic name ${fullName(project, 'topics', plan.topic)}`,
      ...SLASH_COMMANDS.map(
        ({ id, name, description }) =>
          `Command, a slash command: id ${id}, name /${name}, “${description}”`,
      ),
      'Visibility: who may use it · Logs: log errors to Logging',
    ],
    [
      'If that page shows a service account’s e-mail address, Chat publishes with that one: run this again, with it.',
      `npm run setup -- --project=${project} --publisher=ADDRESS`,
    ],
    [`Consent screen, Audience: Internal. ${pages.audience}`],
    [`Consent screen, Data access: add these scopes. ${pages.scopes}`, ...CONSENT_SCOPES],
    [
      `OAuth client: create one of the type “Web application”, and download its JSON as client_secrets.json. ${pages.clients}`,
      `Authorized redirect URI: ${redirectUri}`,
    ],
    [
      'Give each process its own account: attached, by workload identity federation, or, failing those, a key file.',
      ...plan.serviceAccounts.map(({ id }) => accountEmail(project, id)),
    ],
    [
      plan.kms === undefined
        ? 'Give both processes this environment, with a key of your own: openssl rand -base64 32'
        : 'Give both processes this environment',
      `GOOGLE_CLOUD_PROJECT=${project}`,
      `PUBSUB_SUBSCRIPTION=${plan.subscription.id}`,
      `PUBSUB_TOPIC=${plan.topic}`,
      ...(plan.notifications
        ? [`NOTIFICATIONS_SUBSCRIPTION=${plan.notifications.subscription.id}`]
        : []),
      `STORE=firestore:${plan.firestore.database}`,
      plan.kms === undefined
        ? 'TOKEN_KEYS=k1:…'
        : `TOKEN_KEYS=kms:${kmsKeyName(project, plan.kms)}`,
      'OAUTH_CLIENT_FILE=client_secrets.json',
      `OAUTH_REDIRECT_URI=${redirectUri}`,
      `CHAT_COMMANDS=${CHAT_COMMANDS}`,
      'ALLOWED_DOMAIN=your Workspace domain',
    ],
    [
      'Start both, npm run oauth-web and npm run subscriber, and see whether all is well: npm run doctor',
    ],
  ];
  return steps.flatMap(([first = '', ...rest], index) => [
    `${String(index + 1).padStart(2)}. ${first}`,
    ...rest.map((line) => `      ${line}`),
  ]);
}
