const chat = (name: string): string => `https://www.googleapis.com/auth/${name}`;

/** The app as itself. Non-sensitive; service accounts only (chat-platform.md, section 5). */
export const CHAT_BOT = chat('chat.bot');

/** Post as a person, and nothing else: "sensitive", not "restricted". */
export const CHAT_MESSAGES_CREATE = chat('chat.messages.create');

/** Create spaces as a person. "Sensitive", like the two below. */
export const CHAT_SPACES_CREATE = chat('chat.spaces.create');

/** Add and remove people as a person. */
export const CHAT_MEMBERSHIPS = chat('chat.memberships');

/** Add and remove the app itself as a person. */
export const CHAT_MEMBERSHIPS_APP = chat('chat.memberships.app');

/** Asked for with every consent: who consented is proven by the ID token. */
export const IDENTITY_SCOPES: readonly string[] = ['openid'];
