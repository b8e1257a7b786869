import type { StoredMessage, StoredSpace } from '../world/state.ts';
import type { Moment } from '../world/ticker.ts';
import type { SimulatedPerson } from '../world.ts';

interface Common {
  person: SimulatedPerson;
  space: StoredSpace;
  now: Moment;
}

/** Something that Chat tells the app about: what happened, before it is put into one of the two dialects. */
export type Happening =
  | (Common & { kind: 'message'; message: StoredMessage })
  | (Common & { kind: 'slash-command'; commandId: number; message: StoredMessage })
  | (Common & { kind: 'quick-command'; commandId: number })
  /** With `message` when a mention did it. */
  | (Common & { kind: 'added'; message?: StoredMessage })
  | (Common & { kind: 'removed' })
  | (Common & { kind: 'click'; message: StoredMessage; action: ClickedAction });

export interface ClickedAction {
  function: string;
  parameters: Record<string, string>;
}

/** Which of its two formats Chat publishes in: chosen for good on the Chat API page. */
export type Dialect = 'classic' | 'add-on';
