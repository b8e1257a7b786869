import { z } from 'zod';
import type { Blueprint } from '../../lib/project/blueprint.ts';
import { fieldUrl, hasTtl } from '../../lib/project/firestore-fields.ts';
import type { GoogleApi } from '../../lib/project/google-api.ts';
import { SetupError, type Stage, type Step } from '../step.ts';
import { answerTo, foundOf } from './api.ts';
import { finished, operation } from './operations.ts';

const ROOT = 'https://firestore.googleapis.com/v1';

const database = z.object({ locationId: z.string().default(''), type: z.string().default('') });

export interface FirestoreOptions {
  /** Where the database is made. It can't be changed afterwards. */
  location: string | undefined;
  sleep: (ms: number) => Promise<void>;
}

/** The database, and the policies by which old records go (Firestore Admin API). */
export function firestoreStage(
  { project, firestore }: Blueprint,
  api: GoogleApi,
  { location, sleep }: FirestoreOptions,
): Stage {
  const databases = `${ROOT}/projects/${project}/databases`;
  const waiting = { api, root: ROOT, sleep };
  return {
    title: 'Firestore',
    async look() {
      const what = `the database ${firestore.database}`;
      const answer = await api.get(`${databases}/${firestore.database}`, database);
      const found = foundOf(answer, what);
      const made = step(found, what);
      if (made.kind === 'blocked') return [made];
      return [made, ...(await ttlSteps(found !== undefined))];
    },
  };

  function step(found: z.infer<typeof database> | undefined, what: string): Step {
    if (found !== undefined && found.type !== 'DATASTORE_MODE') {
      return { kind: 'there', what: `${what}, in ${found.locationId}` };
    }
    if (found !== undefined) {
      const remedy = 'It is in Datastore mode: name another one by --database, and in STORE.';
      return { kind: 'blocked', what, remedy };
    }
    if (location === undefined) {
      const remedy =
        'Say where by --location=eur3, or another of https://cloud.google.com/firestore/docs/locations. It can’t be changed later.';
      return { kind: 'blocked', what, remedy };
    }
    const placed = `${what}, in ${location}`;
    return { kind: 'create', what: placed, apply: () => create(location, placed) };
  }

  async function create(locationId: string, what: string): Promise<void> {
    const body = { locationId, type: 'FIRESTORE_NATIVE' };
    const url = `${databases}?databaseId=${firestore.database}`;
    await finished(answerTo(await api.send('POST', url, body, operation), what), what, waiting);
  }

  function ttlSteps(isThere: boolean): Promise<Step[]> {
    return Promise.all(
      firestore.ttl.map(async (policy): Promise<Step> => {
        const what = `old records of “${policy.collection}” are deleted, by ${policy.field}`;
        const place = { project, database: firestore.database, ...policy };
        if (isThere && answerTo(await hasTtl(api, place), what)) return { kind: 'there', what };
        return {
          kind: 'create',
          what,
          async apply() {
            const url = `${fieldUrl(place)}?updateMask=ttlConfig`;
            const answer = await api.send('PATCH', url, { ttlConfig: {} }, operation);
            // Google takes minutes or hours for it, and nobody has to wait.
            const { error } = answerTo(answer, what);
            if (error !== undefined) throw new SetupError(`${what}: refused. Run this again.`);
          },
        };
      }),
    );
  }
}
