const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;

/** The app as itself. Non-sensitive; service accounts only (chat-platform.md, section 5). */
export const CHAT_BOT = scope('chat.bot');

/** Post as a person, and nothing else: "sensitive", not "restricted". */
export const CHAT_MESSAGES_CREATE = scope('chat.messages.create');

/** See, post, change and delete messages as a person: "restricted". To change one's own, Chat knows no smaller one. */
export const CHAT_MESSAGES = scope('chat.messages');

/** Create spaces as a person. "Sensitive", like the two below. */
export const CHAT_SPACES_CREATE = scope('chat.spaces.create');

/** Add and remove people as a person. */
export const CHAT_MEMBERSHIPS = scope('chat.memberships');

/** See who is in a person's spaces. "Sensitive". */
export const CHAT_MEMBERSHIPS_READONLY = scope('chat.memberships.readonly');

/** Add and remove the app itself as a person. */
export const CHAT_MEMBERSHIPS_APP = scope('chat.memberships.app');

/** Asked for with every consent: who consented is proven by the ID token. */
export const IDENTITY_SCOPES: readonly string[] = ['openid'];

/** Of the scopes asked for or needed, those that were not given. People may untick each (granular permissions guide). */
export function missingScopes(needed: readonly string[], granted: readonly string[]): string[] {
  return needed.filter((scope) => !granted.includes(scope));
}

/** What IAM takes from a service account that signs for itself or another one. Roles decide what it may. */
export const CLOUD_PLATFORM = scope('cloud-platform');

/** Encrypt and decrypt with keys of Cloud KMS. Roles decide which. */
export const CLOUD_KMS = scope('cloudkms');
