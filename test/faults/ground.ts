import type { Google } from '../../simulator/google.ts';
import type { Store } from '../../src/lib/store/store.ts';
import type { Stage, StageOptions } from '../end-to-end/stage.ts';
import type { SwallowingProxy } from '../support/swallowing-proxy.ts';

export const GROUND_NAMES = ['simulator', 'emulators'] as const;
export type GroundName = (typeof GROUND_NAMES)[number];

/** What Postern stands on in one run. Chat and accounts are the simulator's in any case. */
export interface Ground {
  readonly stage: Pick<StageOptions, 'project' | 'store' | 'environment'>;
  readonly pubsub: GroundPubSub;
  readonly store: GroundStore;
  close(): Promise<void>;
}

/** The simulator's Pub/Sub, or Google's emulator of it. */
export interface GroundPubSub {
  /** `host:port` */
  host(google: Google): string;
  /** Gives the message’s id, when it is on the topic. */
  publish(google: Google, data: Buffer): Promise<string>;
  /** Whether so many published events are acked, as far as can be seen while subscribers pull. */
  isAcked(google: Google, published: number): boolean;
  /**
   * What is on the subscription now, of so many published events, acked by nobody; undefined when there is nothing. Leases
   * may end by it.
   */
  left(google: Google, published: number): Promise<string | undefined>;
  /** Whether nobody may pull while `left` is asked for. */
  readonly isDisturbedByPulls: boolean;
}

/** An SQLite file, or Google's emulator of Firestore. */
export interface GroundStore {
  /** Between Postern's processes and the store, when that is somewhere else. */
  readonly proxy: SwallowingProxy | undefined;
  open(stage: Stage): Promise<Store>;
  /** All that it keeps, as text. */
  text(stage: Stage): Promise<string>;
}
