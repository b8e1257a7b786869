/**
 * What becomes of a delivery. To hold one is to keep it, and to deal with it again at that time (milliseconds since the epoch):
 * handed back, it would come after a back-off that doubles each time.
 */
export type Decision = 'ack' | 'nack' | { holdUntil: number };

/** For what another worker is on: if that one has died, its lease ends then. */
export function awaitLease(leaseUntil: number | undefined): Decision {
  return leaseUntil === undefined ? 'nack' : { holdUntil: leaseUntil };
}
