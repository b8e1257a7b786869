import {
  CHAT_MEMBERSHIPS,
  CHAT_MEMBERSHIPS_APP,
  CHAT_MESSAGES_CREATE,
  CHAT_SPACES_CREATE,
  IDENTITY_SCOPES,
} from '../authorization/scopes.ts';

/**
 * What the cards about a person's account say. Whole sentences only, so that they can be translated: data goes into a place
 * that a sentence leaves for it.
 */
export const wording = {
  connect: {
    title: 'Connect your account',
    why: {
      'not-connected':
        'To do this, I need to act as you: what I post will carry your name, with mine beside it. ' +
        'As soon as you have connected your account, I’ll do what you asked.',
      'permission-missing':
        'Your account is connected, but this needs a permission that I don’t have yet. ' +
        'As soon as you have given it, I’ll do what you asked.',
      'connection-ended':
        'Your connection has ended, so I can’t act as you any more. ' +
        'As soon as you have connected again, I’ll do what you asked.',
    },
    permissions: 'What you allow me',
    privacy:
      'Only you can see this. The link is yours alone, so please don’t pass it on. It works for one hour.',
    button: 'Connect my account',
  },
  connected: {
    title: 'Your account is connected',
    thanks: 'Thank you! From now on I can act as you when you ask me to.',
    account: (email: string) => `You have connected ${email}.`,
    undo: 'To end this at any time, write “disconnect” to me.',
  },
};

export type ConnectReason = keyof typeof wording.connect.why;

/** What a scope lets Postern do, in plain words. */
export function permission(scope: string): string {
  return PERMISSIONS.get(scope) ?? `The Google permission “${scope.replace(/^.*\/auth\//, '')}”.`;
}

const PERMISSIONS: ReadonlyMap<string, string> = new Map([
  [CHAT_MESSAGES_CREATE, 'Write messages in Google Chat as you. I can’t read any with it.'],
  [CHAT_SPACES_CREATE, 'Create spaces in Google Chat as you.'],
  [CHAT_MEMBERSHIPS, 'See, add and remove people in your spaces as you.'],
  [CHAT_MEMBERSHIPS_APP, 'Add me to your spaces, and remove me, as you.'],
  ...IDENTITY_SCOPES.map((scope) => [scope, 'See which Google account is yours.'] as const),
]);
