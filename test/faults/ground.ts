import type { Google } from '../../simulator/google.ts';
import type { Store } from '../../src/lib/store/store.ts';
import type { Stage, StageOptions } from '../end-to-end/stage.ts';
import type { SwallowingProxy } from '../support/swallowing-proxy.ts';

export const GROUND_NAMES = ['simulator', 'emulators'] as const;
export type GroundName = (typeof GROUND_NAMES)[number];

/**
 * What Postern stands on in one run: the simulator's Pub/Sub with an SQLite file, or Google's emulators of Pub/Sub and
 * Firestore. Chat and accounts are the simulator's in both cases.
 */
export interface Ground {
  readonly name: GroundName;
  readonly stage: Pick<StageOptions, 'project' | 'store' | 'environment'>;
  /** `host:port` */
  pubsubHost(google: Google): string;
  /** Between Postern's processes and Firestore, when that is the store. */
  readonly storeProxy: SwallowingProxy | undefined;
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
  openStore(stage: Stage): Promise<Store>;
  /** All that the store keeps, as text. */
  storeText(stage: Stage): Promise<string>;
  close(): Promise<void>;
}
