import type { MessageName, SpaceName, ThreadName, UserName } from '../lib/names.ts';

/** As whom a command acts: the app, whoever sits at the terminal, or somebody by domain-wide delegation. */
export type Principal = { kind: 'app' } | PersonPrincipal;
export type PersonPrincipal = { kind: 'me' } | { kind: 'delegated'; email: string };

/** What is to be done. */
export type Command =
  | {
      name: 'send';
      as: Principal;
      space: SpaceName;
      text: string;
      thread: ThreadName | undefined;
      /** The caller's own: what is sent again under it isn't posted again. */
      id: string | undefined;
    }
  | { name: 'update'; as: Principal; message: MessageName; text: string }
  | { name: 'members'; as: Principal; space: SpaceName }
  | {
      name: 'create-space';
      as: PersonPrincipal;
      displayName: string;
      people: readonly UserName[];
      id: string | undefined;
    }
  | { name: 'sign-out' };

export interface Invocation {
  command: Command;
  /** For a machine to read. */
  json: boolean;
  /** Whether a browser may be opened. */
  browser: boolean;
}
