import { StoreError } from '../errors.ts';
import type { RequestId, SpaceName, UserName } from '../names.ts';
import type { RequestRecord } from './records.ts';
import type { SealContext, Sealed } from './sealer.ts';
import type { Grant, RequestOutcome } from './store.ts';

/**
 * What an operator looks up and puts right, while the processes run. Nothing of it lies on the way of a request. Lists come a
 * page at a time, in an order that doesn't change meanwhile: each page is of what comes after the last entry of the one before.
 */
export interface Administration {
  listGrants(page: Page): Promise<Listed<Grant>[]>;

  /** Expired ones that nobody has deleted yet are among them. */
  listRequests(which: RequestFilter, page: Page): Promise<Listed<LedgerEntry>[]>;

  findRequest(id: RequestId): Promise<LedgerEntry | undefined>;

  /**
   * Makes a request due at once that was given up and kept, or that was handed back, or left by a worker that died, after it had
   * waited: then its message may be lost. It begins anew, without a failure.
   */
  replay(id: RequestId, now: number): Promise<Replay>;

  /** Drops what is kept of a request, which ends as `forgotten`. */
  forget(id: RequestId, now: number): Promise<Forgetting>;

  /** What holds sealed values that may have to be opened. */
  listSealed(collection: SealContext['collection'], page: Page): Promise<Listed<SealedRecord>[]>;

  /** Puts other sealed values in the place of those of `record`. False, and nothing is written, when they have changed since. */
  reseal(record: SealedRecord, values: readonly Sealed[]): Promise<boolean>;
}

export interface Page {
  /** That of the last of the page before; none for the first page. */
  after?: Cursor | undefined;
  limit: number;
}

/** Where in a list a record stands. */
export interface Cursor {
  /** The record's own, in its collection. */
  key: string;
  /** What else the store goes by, as it was found. */
  owner?: unknown;
}

/** A record of a list. One that isn't as Postern writes it hides none of the others. */
export type Listed<T> = { at: Cursor } & ({ record: T } | { corrupt: StoreError });

/** Reads one. @throws whatever else goes wrong */
export function listed<T>(at: Cursor, read: () => T): Listed<T> {
  try {
    return { at, record: read() };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'store_corrupt')
      return { at, corrupt: error };
    throw error;
  }
}

/** Requests in one state, or with one outcome. */
export type RequestFilter = { state: RequestRecord['state'] } | { outcome: RequestOutcome };

/** What the ledger knows of a request, without what was written. All times in milliseconds since the epoch. */
export interface LedgerEntry {
  id: RequestId;
  state: RequestRecord['state'];
  outcome?: RequestOutcome | undefined;
  /** How often it has failed, or killed its worker. */
  failures: number;
  /** Of what is running: until when nobody else takes it. */
  leaseUntil?: number | undefined;
  /** Of what awaits a consent. */
  since?: number | undefined;
  /** Of what is due or scheduled. */
  dueAt?: number | undefined;
  endedAt?: number | undefined;
  /** When it is forgotten altogether. */
  expiresAt: number;
  /** Of what is kept. */
  kept?:
    | { user: UserName; space: SpaceName; scheduledFor?: number | undefined; keyId: string }
    | undefined;
}

/**
 * `due`: it is, from now on. `due-already`. `ended`: otherwise than by being given up. `nothing-kept`: it was
 * given up, or handed back, and what it was about is not here. `unknown`: not there, or expired.
 */
export type Replay =
  | 'due'
  | 'due-already'
  | 'ended'
  | 'nothing-kept'
  | 'in-progress'
  | 'awaits-consent'
  | 'scheduled'
  | 'unknown';

/** `in-progress`: somebody works on it, and it ends by itself. */
export type Forgetting = 'forgotten' | 'nothing-kept' | 'in-progress' | 'unknown';

/** A record with secrets in it, by its key in its collection. */
export interface SealedRecord {
  collection: SealContext['collection'];
  key: string;
  owner: UserName;
  values: readonly Sealed[];
}
