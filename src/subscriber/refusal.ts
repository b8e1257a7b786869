import type { ChatError } from '../lib/errors.ts';
import type { Refusal } from './wording.ts';

/** What a person is told of a call that Chat has refused for good. */
export function refusalOf({ code }: ChatError): Refusal {
  switch (code) {
    case 'chat_not_member':
      return 'not-a-member';
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
