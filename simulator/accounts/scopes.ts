const AUTH = 'https://www.googleapis.com/auth/';

/** Who somebody is. Never asked with a box of their own (granular permissions guide). */
const IDENTITY: ReadonlyMap<string, string> = new Map([
  ['openid', 'Associate you with your personal info on Google'],
  [`${AUTH}userinfo.email`, 'See your primary Google Account email address'],
  [
    `${AUTH}userinfo.profile`,
    'See your personal info, including any you’ve made publicly available',
  ],
]);

/**
 * The Chat scopes that a person can grant, as Google words them on its consent page (Chat's discovery document). Those of apps,
 * `chat.bot` and `chat.app.*`, are for service accounts only (chat-platform.md, section 5).
 */
const CHAT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'chat.customemojis': 'View, create, and delete custom emoji in Google Chat',
    'chat.customemojis.readonly': 'View custom emoji in Google Chat',
    'chat.delete':
      'Delete conversations and spaces and remove access to associated files in Google Chat',
    'chat.memberships':
      'See, add, update, and remove members from conversations and spaces in Google Chat',
    'chat.memberships.app': 'Add and remove itself from conversations and spaces in Google Chat',
    'chat.memberships.readonly': 'View members in Google Chat conversations',
    'chat.messages':
      'See, compose, send, update, and delete messages and their content; add, see, and delete reactions to messages',
    'chat.messages.create': 'Compose and send messages in Google Chat',
    'chat.messages.reactions': 'See, add, and delete reactions to messages in Google Chat',
    'chat.messages.reactions.create': 'Add reactions to messages in Google Chat',
    'chat.messages.reactions.readonly': 'View reactions to messages in Google Chat',
    'chat.messages.readonly': 'See messages, their reactions and content in Google Chat',
    'chat.spaces':
      'Create conversations and spaces and see or update metadata (including history and access settings) in Google Chat',
    'chat.spaces.create': 'Create new conversations and spaces in Google Chat',
    'chat.spaces.readonly': 'View chat and spaces in Google Chat',
    'chat.users.readstate': 'View and modify last read time for Google Chat conversations',
    'chat.users.readstate.readonly': 'View last read time for Google Chat conversations',
    'chat.users.spacesettings': 'Read and update your space settings',
  }).map(([name, wording]) => [AUTH + name, wording]),
);

/** All of Chat's scopes that are for people. */
export const PERSONS_CHAT_SCOPES: readonly string[] = [...CHAT.keys()];

/** The short names that may be asked for, and what Google gives and reports in their place. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['email', `${AUTH}userinfo.email`],
  ['profile', `${AUTH}userinfo.profile`],
]);

export const OPENID = 'openid';
export const EMAIL = `${AUTH}userinfo.email`;
export const PROFILE = `${AUTH}userinfo.profile`;

/**
 * The scopes of a `scope` parameter, each once, by the names that Google uses in answers.
 *
 * @returns undefined when one of them is unknown, or none that a person could grant
 */
export function readScopes(parameter: string): string[] | undefined {
  const scopes = words(parameter).map((scope) => ALIASES.get(scope) ?? scope);
  if (!scopes.every((scope) => IDENTITY.has(scope) || CHAT.has(scope))) return undefined;
  // Google adds it to whatever identifies a person.
  const implied = scopes.some((scope) => scope === EMAIL || scope === PROFILE) ? [OPENID] : [];
  return [...new Set([...scopes, ...implied])];
}

/** Whether people decide about it with a box of its own. */
export function isSensitive(scope: string): boolean {
  return CHAT.has(scope);
}

/** What a scope lets an app do, in Google's words. */
export function wordingOf(scope: string): string {
  return IDENTITY.get(scope) ?? CHAT.get(scope) ?? scope;
}

/** What is between the spaces. */
export function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}
