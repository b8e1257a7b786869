/** A subscription in numbers. */
export interface Backlog {
  /** Ready to be delivered. */
  waiting: number;
  /** Waiting for the retry policy's back-off to pass. */
  delayed: number;
  /** Delivered, and neither acknowledged nor handed back so far. */
  leased: number;
  /** Streams and pulls that are open. */
  consumers: number;
  /** Since the subscription was created; redeliveries count. */
  delivered: number;
  acknowledged: number;
  deadLettered: number;
}
