import { type ErrorCode, PosternError } from '../lib/errors.ts';
import type { IgnoredReason, UnreadableReason } from '../lib/interactions/interaction.ts';
import { awaitLease, type Decision } from './decision.ts';

/** Why something could not be carried out. */
export type Failure = ErrorCode | 'unexpected';

/** Errors that aren't ours all count as one. */
export function failureOf(error: unknown): Failure {
  return error instanceof PosternError ? error.code : 'unexpected';
}

/** What came of one delivery. */
export type Outcome =
  /** Posted, or answered otherwise. */
  | { result: 'answered' }
  /** Waits for its person's consent; they have been asked. */
  | { result: 'parked' }
  /** Waits for its hour; the person has been told. */
  | { result: 'scheduled' }
  /** Chat said no for good, or the app may not act as this person; the person has been told, if they could be. */
  | { result: 'refused'; reason: ErrorCode }
  /** Given up after too many failures; kept for a replay. */
  | { result: 'failed'; reason: Failure }
  /** The same request is done or waits already. */
  | { result: 'duplicate' }
  /** Another worker is on it: for so long at least, unless it ends before, or has overtaken us just now. */
  | { result: 'busy'; leaseUntil?: number }
  /** Couldn't be carried out now; it is free for the next delivery. */
  | { result: 'retry'; reason: Failure }
  /** None of our business. */
  | { result: 'ignored'; reason: IgnoredReason | 'unknown-action' }
  /** No event at all. */
  | { result: 'unreadable'; reason: UnreadableReason };

/**
 * The ack policy: a delivery is nacked only when another delivery of it is what we want. The subscription's retry policy
 * spaces those.
 */
export function decideAck(outcome: Outcome): Decision {
  switch (outcome.result) {
    case 'answered':
    case 'parked':
    case 'scheduled':
    case 'refused':
    case 'failed':
    case 'duplicate':
    case 'ignored':
    case 'unreadable':
      return 'ack';
    case 'busy':
      return awaitLease(outcome.leaseUntil);
    case 'retry':
      return 'nack';
  }
}
