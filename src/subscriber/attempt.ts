import type { Interaction } from '../lib/interactions/interaction.ts';
import type { MessageName } from '../lib/names.ts';
import type { Grant } from '../lib/store/store.ts';
import type { Planned } from './commands/command.ts';
import type { LiveStatus } from './live-status.ts';
import type { Route } from './route.ts';

/** One attempt at a request. */
export interface Attempt {
  interaction: Interaction;
  route: Route;
  /** The person's grant, as it was when the request was claimed. */
  grant: Grant | undefined;
  /** It had been put aside for a consent, which has come. Not so what waited for its hour. */
  consented: boolean;
  /** What was scheduled, when this is its hour. */
  planned: Planned | undefined;
  /** What the person reads meanwhile. */
  status: LiveStatus;
  signal: AbortSignal;
}

/**
 * What an attempt led to. `awaits`: the person has been asked, by `prompt` unless another card is open, for a grant that is
 * newer than `grantVersion` (0: they have none); or there is a plan, of which the person has been told.
 */
export type Progress =
  | 'done'
  | { awaits: 'consent'; prompt: MessageName | undefined; grantVersion: number }
  | { awaits: 'hour'; plan: Planned };
