import { seconds } from '../../../src/lib/clock.ts';

/** A Pub/Sub that is to keep the contract. */
export interface PubSubUnderTest {
  host: string;
  /** Lets so much of the server's time pass. */
  pass(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
}

/** A little more than the shortest deadline that the real service allows. */
export const DEADLINE_PASSED_MS = seconds(11);
