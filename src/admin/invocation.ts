import type { RequestId, UserName } from '../lib/names.ts';
import type { RequestFilter } from '../lib/store/administration.ts';

/** Somebody, by their name in Chat or by the address that Google told when they connected. */
export type Person = { user: UserName } | { email: string };

/** What is to be done. */
export type Command =
  | { name: 'grants list' }
  | { name: 'grants revoke'; person: Person }
  | { name: 'grants purge'; unusedForDays: number }
  /** Undefined: all that was not simply answered. */
  | { name: 'requests list'; which: RequestFilter | undefined }
  | { name: 'requests show'; id: RequestId }
  | { name: 'requests replay'; id: RequestId }
  | { name: 'requests forget'; id: RequestId }
  | { name: 'keys rewrap' };

export interface Invocation {
  command: Command;
  /** For a machine to read. */
  json: boolean;
  /** What can't be undone is confirmed already. */
  yes: boolean;
}
