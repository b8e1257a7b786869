import { type DocumentSnapshot, FieldValue, Timestamp } from '@google-cloud/firestore';
import { parseRecord, type RequestRecord, requestRecord } from '../records.ts';

/**
 * A request's document: the fields of its record, and `expireAt` for Firestore's time-to-live policy, which deletes documents
 * up to a day late. `dueAt` exists on due requests only, so that the index on it leads to those alone.
 */
export function toDocument(record: RequestRecord) {
  return { ...record, expireAt: Timestamp.fromMillis(record.expiresAt) };
}

const FIELDS = [
  'state',
  'failures',
  'expiresAt',
  'lease',
  'waited',
  'since',
  'dueAt',
  'outcome',
] as const;
type Fields = { readonly [field in (typeof FIELDS)[number]]?: unknown };

/** The update that leads from one record to the next. What did not change is not sent again. */
export function changes(before: Fields, after: RequestRecord): Record<string, unknown> {
  const fields: Fields = after;
  const changed = FIELDS.filter((field) => before[field] !== fields[field]);
  return {
    ...Object.fromEntries<unknown>(
      changed.map((field) => [field, fields[field] ?? FieldValue.delete()]),
    ),
    expireAt: Timestamp.fromMillis(after.expiresAt),
  };
}

export function readRequest(snapshot: DocumentSnapshot): RequestRecord | undefined {
  return snapshot.exists ? parseRecord(requestRecord, 'requests', snapshot.data()) : undefined;
}
