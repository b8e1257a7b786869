import { setTimeout as delay } from 'node:timers/promises';
import {
  type CollectionReference,
  type DocumentReference,
  type DocumentSnapshot,
  Firestore,
  type Precondition,
  type Transaction,
} from '@google-cloud/firestore';
import { seconds } from '../../clock.ts';
import { GRPC_KEEPALIVE } from '../../grpc.ts';
import type { RequestId, UserName } from '../../names.ts';
import type { SealContext } from '../sealer.ts';
import { answered, GRPC, grpcCode } from './errors.ts';

/** Firestore as the stores use it: four collections, every call with a deadline and with our errors. */
export interface Database {
  readonly grants: CollectionReference;
  readonly consents: CollectionReference;
  readonly requests: CollectionReference;

  grant(user: UserName): DocumentReference;
  person(user: UserName): DocumentReference;
  request(id: RequestId): DocumentReference;
  collection(name: SealContext['collection']): CollectionReference;

  /** @throws StoreError */
  call<T>(work: () => Promise<T>): Promise<T>;

  /**
   * Runs `work` as one transaction: again from the start when others have written what it read. Reads come before writes.
   *
   * @throws StoreError
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;

  /** Lets go of the connections once the last call is through; of calls that nobody answers, when the deadline has passed. */
  close(): Promise<void>;
}

/** Time for a transaction that others compete with, too. */
const DEADLINE_MS = seconds(15);

export function openDatabase(options: {
  projectId?: string | undefined;
  database: string;
  deadlineMs?: number | undefined;
}): Database {
  const { projectId, deadlineMs = DEADLINE_MS } = options;
  const firestore = new Firestore({
    ...(projectId === undefined ? {} : { projectId }),
    databaseId: options.database,
    ignoreUndefinedProperties: true,
    grpcOptions: GRPC_KEEPALIVE,
  });
  const grants = firestore.collection('grants');
  const requests = firestore.collection('requests');
  const people = firestore.collection('people');
  // Alone, a part of a name may be an id that Firestore reserves: `.`, `..` or `__x__`.
  const idOf = (user: UserName): string => user.replace('/', '-');

  return {
    grants,
    consents: firestore.collection('consents'),
    requests,
    grant: (user) => grants.doc(idOf(user)),
    person: (user) => people.doc(idOf(user)),
    request: (id) => requests.doc(id),
    collection: (name) => firestore.collection(name),
    call: (work) => answered(work, deadlineMs),
    transaction: (work) => answered(() => firestore.runTransaction(work), deadlineMs),
    close: () =>
      Promise.race([firestore.terminate(), delay(deadlineMs, undefined, { ref: false })]),
  };
}

/** Codes of a write whose precondition doesn't hold any more, or that met another one. */
const OVERTAKEN: ReadonlySet<number | undefined> = new Set([
  GRPC.notFound,
  GRPC.alreadyExists,
  GRPC.failedPrecondition,
  GRPC.aborted,
]);

/** False when somebody else has written the document first. */
export async function unlessOvertaken(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (OVERTAKEN.has(grpcCode(error))) return false;
    throw error;
  }
}

/** That the document is still as it was read. */
export function unchanged({ updateTime }: DocumentSnapshot): Precondition {
  return updateTime === undefined ? { exists: false } : { lastUpdateTime: updateTime };
}
