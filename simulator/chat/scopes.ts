import type { Principal } from '../principal.ts';
import { ApiError, errorInfo } from './api-error.ts';

/** Scopes that let a token call a method, without their common beginning, by the kind of credentials. */
export interface ScopesOf {
  app: readonly string[];
  person: readonly string[];
}

const PREFIX = 'https://www.googleapis.com/auth/';

const READ_SPACES = ['chat.spaces', 'chat.spaces.readonly'];
const READ_MEMBERSHIPS = [
  'chat.memberships',
  'chat.memberships.readonly',
  'chat.admin.memberships',
  'chat.admin.memberships.readonly',
];

/**
 * The discovery document's scopes per method. `chat.bot` and `chat.app.*` are for service accounts only, all others for
 * people only (chat-platform.md, section 5).
 */
export const SCOPES = {
  'messages.create': {
    app: ['chat.bot'],
    person: ['chat.messages.create', 'chat.messages', 'chat.import'],
  },
  'messages.get': {
    app: ['chat.bot', 'chat.app.messages.readonly'],
    person: ['chat.messages', 'chat.messages.readonly'],
  },
  'messages.patch': { app: ['chat.bot'], person: ['chat.messages', 'chat.import'] },
  'messages.delete': { app: ['chat.bot'], person: ['chat.messages', 'chat.import'] },
  'spaces.get': {
    app: ['chat.bot', 'chat.app.spaces'],
    person: [...READ_SPACES, 'chat.admin.spaces', 'chat.admin.spaces.readonly'],
  },
  'spaces.list': { app: ['chat.bot'], person: READ_SPACES },
  'spaces.findDirectMessage': { app: ['chat.bot'], person: READ_SPACES },
  'members.list': {
    app: ['chat.bot', 'chat.app.memberships'],
    person: [...READ_MEMBERSHIPS, 'chat.import'],
  },
  'members.get': { app: ['chat.bot', 'chat.app.memberships'], person: READ_MEMBERSHIPS },
  'members.create': {
    app: ['chat.app.memberships'],
    person: ['chat.memberships', 'chat.memberships.app', 'chat.admin.memberships', 'chat.import'],
  },
  'spaces.setup': { app: [], person: ['chat.spaces', 'chat.spaces.create'] },
} as const satisfies Record<string, ScopesOf>;

export type MethodId = keyof typeof SCOPES;

/** @throws ApiError unless the principal has one of the method's scopes */
export function checkScopes(principal: Principal, id: MethodId, protoMethod: string): void {
  requireScope(principal, SCOPES[id][principal.kind], protoMethod);
}

/** @throws ApiError unless the principal has one of these scopes */
export function requireScope(
  principal: Principal,
  allowed: readonly string[],
  protoMethod: string,
): void {
  if (principal.scopes.some((scope) => allowed.includes(scope.replace(PREFIX, '')))) return;
  throw new ApiError('PERMISSION_DENIED', 'Request had insufficient authentication scopes.', {
    details: [errorInfo('ACCESS_TOKEN_SCOPE_INSUFFICIENT', protoMethod)],
  });
}
