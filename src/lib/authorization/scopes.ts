const scope = (name: string): string => `https://www.googleapis.com/auth/${name}`;

/** The app as itself. Non-sensitive; service accounts only (chat-platform.md, section 5). */
export const CHAT_BOT = scope('chat.bot');

/** Post as a person, and nothing else: "sensitive", not "restricted". */
export const CHAT_MESSAGES_CREATE = scope('chat.messages.create');

/** Asked for with every consent: who consented is proven by the ID token. */
export const IDENTITY_SCOPES: readonly string[] = ['openid'];

/** What IAM takes from a service account that signs for itself or another one. Roles decide what it may. */
export const CLOUD_PLATFORM = scope('cloud-platform');
