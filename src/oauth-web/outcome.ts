import type { PageName } from './pages.ts';

/**
 * Everything a callback can come to, and the page that tells the person. The reasons are stable: logs and alerts name them.
 */
export const PAGE_FOR = {
  // The consent is stored, whole or in part.
  connected: 'success',
  'connected-in-part': 'connected-in-part',

  // The person, or Google, said no.
  declined: 'declined',
  'refused-by-google': 'refused',
  'nothing-granted': 'permission-missing',

  // Not what a link of ours leads to.
  'malformed-query': 'bad-request',
  'wrong-issuer': 'bad-request',
  'code-rejected': 'bad-request',
  'id-token-invalid': 'bad-request',

  // Not this link, or not any more.
  'ticket-unknown': 'expired',
  'ticket-expired': 'expired',
  'ticket-unreadable': 'expired',
  'ticket-used': 'already-used',
  'ticket-in-use': 'already-used',

  // Not this person.
  'other-person': 'other-account',
  'other-domain': 'other-account',

  // Not so often.
  'too-many-from-address': 'too-many',
  'too-many-with-ticket': 'too-many',

  // Not now.
  'no-refresh-token': 'not-available',
  overloaded: 'not-available',
  'google-unavailable': 'not-available',
  'google-answer-invalid': 'not-available',
  'client-rejected': 'not-available',
  'store-unavailable': 'not-available',
  'keys-unavailable': 'not-available',
} as const satisfies Record<string, PageName>;

export type Reason = keyof typeof PAGE_FOR;
