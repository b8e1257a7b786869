import type { DocumentReference, DocumentSnapshot } from '@google-cloud/firestore';
import { StoreError } from '../../errors.ts';
import type { RequestId } from '../../names.ts';
import type { RequestRecord } from '../records.ts';
import { type Database, unchanged, unlessOvertaken } from './database.ts';
import { changes, readRequest, toDocument } from './request-document.ts';

/** How often a step is decided anew because another process was faster. Few write the same document. */
const MAX_ATTEMPTS = 10;

/**
 * Decides by what a document is, until what the decision has written, if anything, was written before anybody else's.
 *
 * @param step its `write` goes with the precondition that the document has not changed
 * @throws StoreError when others were faster too often
 */
export async function decide<T>(
  document: DocumentReference,
  step: (snapshot: DocumentSnapshot) => { answer: T; write?: Promise<unknown> },
): Promise<T> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { answer, write } = step(await document.get());
    if (write === undefined || (await unlessOvertaken(write))) return answer;
  }
  throw new StoreError(
    'store_unavailable',
    'Too many processes work on the same record. It should pass.',
  );
}

/** The same for a request of the ledger, by one of its rules. */
export function decideRequest<T>(
  database: Database,
  id: RequestId,
  rule: (record: RequestRecord | undefined) => { answer: T; next?: RequestRecord },
): Promise<T> {
  return decide(database.request(id), (snapshot) => {
    const record = readRequest(snapshot);
    const { answer, next } = rule(record);
    if (next === undefined) return { answer };
    const write =
      record === undefined
        ? snapshot.ref.create(toDocument(next))
        : snapshot.ref.update(changes(record, next), unchanged(snapshot));
    return { answer, write };
  });
}
