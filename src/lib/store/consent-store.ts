import type { RequestId, SpaceName, UserName } from '../names.ts';
import type { Traceparent } from '../telemetry/traceparent.ts';
import type { Sealed } from './sealer.ts';
import type { NewGrant } from './store.ts';

/** A consent in flight. The ticket itself is in the person's link only; we keep its hash. */
export interface Consent {
  /** SHA-256 of the ticket, in hexadecimal. The key. */
  ticketHash: string;
  user: UserName;
  /** Where the link was shown. There is one open prompt per person and space. */
  space: SpaceName;
  /** The request that made us ask. */
  requestId: RequestId;
  scopes: readonly string[];
  /** The PKCE code verifier. */
  verifier: Sealed;
  nonce: Sealed;
  status: 'pending' | 'used';
  createdAt: number;
  expiresAt: number;
  /** Of the request that made us ask, where it is traced. */
  traceparent?: Traceparent | undefined;
}

export type NewConsent = Omit<Consent, 'status'>;

export interface ConsentStore {
  /**
   * Records a consent in flight, unless the person has a pending, unexpired one in the same space that was opened by another
   * request: then nothing is written and the answer is `already-open`. One opened by the same request stays as well: that
   * request is being carried out again, and nobody knows which of the two links its person sees.
   */
  open(consent: NewConsent): Promise<'opened' | 'already-open'>;

  get(ticketHash: string): Promise<Consent | undefined>;

  /**
   * The one transaction of the callback: ticket pending → used, every other pending ticket of the person too, grant written
   * with a newer version, the person's requests that await consent become due. Of any number of concurrent calls exactly one
   * gets `completed`. Otherwise nothing is written. A ticket is `unknown` to the grant of anybody but its own person.
   */
  complete(
    ticketHash: string,
    grant: NewGrant,
    now: number,
  ): Promise<'completed' | 'already-used' | 'expired' | 'unknown'>;
}
