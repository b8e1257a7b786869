import { z } from 'zod';
import type { TtlPolicy } from './blueprint.ts';
import type { Answered, GoogleApi } from './google-api.ts';

/** A field of a Firestore database's collection. */
export interface FieldPlace extends TtlPolicy {
  project: string;
  database: string;
}

const FIRESTORE = 'https://firestore.googleapis.com/v1';

const fieldList = z.object({
  fields: z
    .array(
      z.object({
        name: z.string(),
        ttlConfig: z.object({ state: z.string().optional() }).optional(),
      }),
    )
    .default([]),
});

/** `projects/…/fields/…`, of the Firestore Admin API. */
export function fieldUrl({ project, database, collection, field }: FieldPlace): string {
  return `${FIRESTORE}/projects/${project}/databases/${database}/collectionGroups/${collection}/fields/${field}`;
}

/**
 * Whether Firestore deletes records by this field, or is about to. By a list, not by the field itself: that is what the role
 * roles/datastore.user allows.
 */
export async function hasTtl(api: GoogleApi, place: FieldPlace): Promise<Answered<boolean>> {
  const list = fieldUrl(place).replace(/\/[^/]+$/, '?filter=ttlConfig:*');
  const answer = await api.get(list, fieldList);
  if (answer.kind !== 'answer') return answer;
  const found = answer.value.fields.find(({ name }) => name.endsWith(`/fields/${place.field}`));
  return { kind: 'answer', value: found?.ttlConfig !== undefined };
}
