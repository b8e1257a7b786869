import type { ChatError, DelegationError } from '../lib/errors.ts';
import type { Words } from '../lib/words/en.ts';

/** What is refused for good, and to be told in words that a person can act on. */
export type Refusal = keyof Words['refused'];

/** What Chat refuses, as opposed to whoever lets the app act as people. */
export type ChatRefusal = Exclude<Refusal, `${string}-delegated` | 'person-refused' | 'no-address'>;

/** What a person is told of something that is refused for good. */
export function refusalOf(error: ChatError | DelegationError): Refusal {
  switch (error.code) {
    case 'delegation_not_allowed':
      return 'not-delegated';
    case 'delegation_person_refused':
      return 'person-refused';
    case 'delegation_address_missing':
      return 'no-address';
    default:
      return chatRefusalOf(error.code);
  }
}

/** What a person is told of a call that Chat has refused for good. */
export function chatRefusalOf(code: ChatError['code']): ChatRefusal {
  switch (code) {
    case 'chat_not_member':
      return 'not-a-member';
    // A token of the person's is asked for anew before this. With delegation, and for the app, an administrator gives scopes.
    case 'chat_scope_missing':
    case 'chat_not_approved':
      return 'not-approved';
    case 'chat_not_found':
      return 'gone';
    case 'chat_already_exists':
      return 'taken';
    case 'chat_invalid_request':
      return 'invalid';
    default:
      return 'not-allowed';
  }
}
