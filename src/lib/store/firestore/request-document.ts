import { type DocumentSnapshot, FieldValue, Timestamp } from '@google-cloud/firestore';
import { z } from 'zod';
import { type RequestId, requestId } from '../../names.ts';
import { parseRecord, type RequestRecord, requestRecord } from '../records.ts';

/**
 * A request's document: the fields of its record, and `expireAt` for Firestore's time-to-live policy, which deletes documents
 * up to a day late. `dueAt` exists on due and scheduled requests only, so that the index on it leads to those alone.
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
  'dueSince',
  'outcome',
  'endedAt',
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

const key = z.object({ id: requestId });

/** For what a query has found. */
export function readRequestWithId(snapshot: DocumentSnapshot): {
  id: RequestId;
  record: RequestRecord;
} {
  const { id } = parseRecord(key, 'requests', { id: snapshot.id });
  return { id, record: parseRecord(requestRecord, 'requests', snapshot.data()) };
}

export function readRequest(snapshot: DocumentSnapshot): RequestRecord | undefined {
  return snapshot.exists ? parseRecord(requestRecord, 'requests', snapshot.data()) : undefined;
}
