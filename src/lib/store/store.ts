import type { MessageName, RequestId, SpaceName, UserName } from '../names.ts';
import type { Traceparent } from '../telemetry/traceparent.ts';
import type { Administration } from './administration.ts';
import type { ConsentStore } from './consent-store.ts';
import type { Sealed } from './sealer.ts';

/**
 * The four collections of Postern, and what may happen to them. Implemented for Firestore and for SQLite, which pass the
 * same contract suite. Secrets arrive sealed: a store never sees one in clear, and its types don't accept one.
 *
 * All times are milliseconds since the epoch, by the caller's clock. Every method throws `StoreError`
 * (`store_unavailable`, retryable) when the store does not answer.
 */
export interface Store {
  readonly grants: GrantStore;
  readonly consents: ConsentStore;
  readonly requests: RequestLedger;
  readonly people: PeopleStore;
  readonly administration: Administration;

  /**
   * Forgets everything of a person: the grant whatever its version, the consents in flight, what they have told of
   * themselves, and the requests that wait or were kept for replay. Those requests end as `forgotten`, so that a redelivery doesn't carry them out.
   *
   * @param ifVersion only if the grant still has this version (0: there is none). Otherwise nothing is forgotten, and the
   *   answer is false
   */
  forgetPerson(user: UserName, now: number, ifVersion?: number): Promise<boolean>;

  /** The app has left a space: its consents in flight and its waiting requests end, as `forgotten`. Grants stay. */
  forgetSpace(space: SpaceName, now: number): Promise<void>;

  /** Resolves when the store answers. For readiness. */
  ping(): Promise<void>;

  close(): Promise<void>;
}

/** What people have told of themselves. */
export interface PeopleStore {
  /** An IANA id, if the person has told theirs. */
  timeZone(user: UserName): Promise<string | undefined>;

  keepTimeZone(user: UserName, timeZone: string): Promise<void>;
}

/** What a person has granted, as Google answered it. */
export interface NewGrant {
  user: UserName;
  refreshToken: Sealed;
  scopes: readonly string[];
  email?: string | undefined;
  grantedAt: number;
}

export interface Grant extends NewGrant {
  /** Grows with every new grant of the person, also across a deletion. */
  version: number;
  /** To the day. Undefined when an earlier Postern wrote it, which noted no uses. */
  lastUsedAt?: number | undefined;
}

export interface GrantStore {
  get(user: UserName): Promise<Grant | undefined>;

  /** Deletes the grant if it still has this version. A dead token must not take a newer consent with it. */
  delete(user: UserName, version: number): Promise<boolean>;

  /** Notes that the grant was used, if it still has this version, and unless that was noted less than a day before. */
  noteUse(user: UserName, version: number, at: number): Promise<void>;

  /** How many grants each key has sealed, by the keys' ids. For whoever looks whether a key is still needed, or missing. */
  byKey(): Promise<KeyUse[]>;
}

/** What one key of `TOKEN_KEYS` has sealed. */
export interface KeyUse {
  keyId: string;
  grants: number;
  /** Any one of them. */
  sample: Pick<Grant, 'user' | 'refreshToken'>;
}

/** The right to work on a request until `until`. A late worker is fenced off by `token`. */
export interface Lease {
  requestId: RequestId;
  token: string;
  until: number;
}

export type Claim =
  | {
      status: 'claimed';
      lease: Lease;
      /** How often it has failed or crashed before; see {@link RequestLedger.release}. */
      failures: number;
      /** Whoever had it last has ended without a word, or may have: nobody knows how far they got. */
      interrupted?: true;
      /** What was kept while it waited. */
      waited?: WaitingRequest;
    }
  /** Somebody else has a live lease on it, until then. */
  | { status: 'busy'; until: number }
  /** It awaits a consent, or its hour. */
  | { status: 'waiting' }
  | { status: 'done' }
  /** Only when claimed with `mustExist`. */
  | { status: 'unknown' };

/** What the ledger keeps of a request that waits for its person. */
export interface WaitingRequest {
  user: UserName;
  space: SpaceName;
  /** The interaction, as JSON. */
  payload: Sealed;
  /** The card that asked for the consent, when this request made us ask. */
  prompt?: MessageName | undefined;
  /** The hour that it was scheduled for, once it was. A claim that comes with it therefore comes after that hour. */
  scheduledFor?: number | undefined;
  /** It had been given up, and an operator has it tried again: it did not wait for a consent. */
  replayed?: true | undefined;
  /** Where its trace began, if there is one. */
  traceparent?: Traceparent | undefined;
}

/** How a request ended. Stable: metrics and the operator's tools name them. */
export type RequestOutcome = 'answered' | 'refused' | 'failed' | 'forgotten' | 'cancelled';

export type Cancellation = 'cancelled' | 'cancelled-before' | 'not-yet' | 'unknown';

export interface RequestLedger {
  /**
   * Takes a request to work on it. New ones are recorded, due ones and those whose lease ran out are taken over (the latter
   * with one more failure: whoever held it died on it).
   *
   * @param mustExist the relay knows the request's id only: answer `unknown` rather than record it
   */
  claim(
    id: RequestId,
    options: { now: number; leaseMs: number; expiresAt: number; mustExist?: boolean },
  ): Promise<Claim>;

  /**
   * Ends it. What had been kept while it waited is dropped, unless `keep` says what to keep for a replay. False when the lease
   * was lost: another worker has it now.
   */
  complete(
    lease: Lease,
    end: { outcome: RequestOutcome; now: number; keep?: WaitingRequest },
  ): Promise<boolean>;

  /**
   * Puts it aside until its person consents. If the person's grant is no longer the one of `seenGrantVersion` (0: none), the
   * consent came in the meantime: the request is due at once. False when the lease was lost.
   */
  park(
    lease: Lease,
    waiting: WaitingRequest,
    options: { seenGrantVersion: number; now: number; expiresAt: number },
  ): Promise<boolean>;

  /**
   * Puts it aside until `at`; `waiting.scheduledFor` becomes `at`. Until a relay has taken it, no sooner than `at`, every claim
   * is answered `waiting`: a redelivery of its event does not carry it out early. False when the lease was lost.
   *
   * @param options.expiresAt well after `at`: an expired request is as good as new, and is not carried out
   */
  schedule(
    lease: Lease,
    waiting: WaitingRequest,
    options: { at: number; expiresAt: number },
  ): Promise<boolean>;

  /**
   * The person's requests whose hour is to come, and those that no relay has taken yet: the earliest first.
   *
   * @param options.limit of the answer; the store reads all that the person has scheduled, with what was kept of each
   */
  listScheduled(
    user: UserName,
    options: { now: number; limit: number },
  ): Promise<ScheduledRequest[]>;

  /**
   * Ends a scheduled request of this person, and drops what was kept. Of a cancellation and a relay exactly one gets
   * it.
   *
   * @returns `cancelled-before`, whoever asks, when that is how it has ended: this may be an attempt again. `not-yet` while it is
   *   worked on before it is scheduled, if it is. `unknown` when it
   *   is anything else: another person's, taken by a relay, ended otherwise, expired, not there. Nothing is written then
   */
  cancel(id: RequestId, user: UserName, now: number): Promise<Cancellation>;

  /**
   * Hands it back for the next delivery. `failed` counts against it (see {@link Claim}); waiting for an outage to end does
   * not. False when the lease was lost.
   */
  release(lease: Lease, options: { failed: boolean; now: number }): Promise<boolean>;

  /**
   * Requests that are due, and scheduled ones whose hour has come: they are due from then on. Those that have waited longest
   * come first. Each is hidden from further calls, by any process, until `hideUntil`: time for the message that the relay
   * publishes to be pulled and claimed.
   */
  takeDue(options: { now: number; hideUntil: number; limit: number }): Promise<DueRequest[]>;

  /**
   * Since when the request has waited that has waited longest for its person's consent; and since when the one has been due that
   * nobody has carried out for longest, whether a relay has taken it or not. For whoever watches.
   *
   * @param waitingFrom what has waited since then or before has expired
   */
  oldest(options: { now: number; waitingFrom: number }): Promise<OldestRequests>;
}

/** Times. Absent where there is none. */
export interface OldestRequests {
  waiting?: number | undefined;
  due?: number | undefined;
}

/** A request whose time has come, and the space whose order it belongs to. */
export interface DueRequest {
  id: RequestId;
  space: SpaceName;
  /** Where its trace began, if there is one. */
  traceparent?: Traceparent | undefined;
}

/** A request whose hour is to come. */
export interface ScheduledRequest {
  id: RequestId;
  at: number;
  waiting: WaitingRequest;
}
