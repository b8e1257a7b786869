import type { ErrorCode } from '../../lib/errors.ts';
import { awaitLease, type Decision } from '../decision.ts';
import type { Failure } from '../outcome.ts';
import type { Mistake } from './notification.ts';

/** What came of one delivery of a notification. */
export type Outcome =
  | { result: 'posted' }
  /** The message of its key stood already, and has its content now. */
  | { result: 'updated' }
  /** The message of its key has newer content already. */
  | { result: 'superseded' }
  /** The same Pub/Sub message was dealt with before. */
  | { result: 'duplicate' }
  /** Another subscriber is on it: for so long at least, unless it ends before, or has overtaken us just now. */
  | { result: 'busy'; leaseUntil?: number }
  /** Couldn't be posted now; it is free for the next delivery. */
  | { result: 'retry'; reason: Failure }
  /** A no for good: Chat's, or there is no such webhook, or somebody deleted the message of its key. */
  | { result: 'refused'; reason: ErrorCode | 'unknown-webhook' | 'message-deleted' }
  /** Given up after too many failures. */
  | { result: 'failed'; reason: Failure }
  /** The producer's mistake. */
  | { result: 'invalid'; reason: Mistake };

/** As for events: nacked only when another delivery of it is what we want. */
export function decideAck(outcome: Outcome): Decision {
  switch (outcome.result) {
    case 'posted':
    case 'updated':
    case 'superseded':
    case 'duplicate':
    case 'refused':
    case 'failed':
    case 'invalid':
      return 'ack';
    case 'busy':
      return awaitLease(outcome.leaseUntil);
    case 'retry':
      return 'nack';
  }
}
