import { GoogleAuth } from 'google-auth-library';
import { CLOUD_PLATFORM } from '../../lib/authorization/scopes.ts';
import { TTL_POLICIES, type TtlPolicy } from '../../lib/project/blueprint.ts';
import { hasTtl } from '../../lib/project/firestore-fields.ts';
import { type Answered, createGoogleApi } from '../../lib/project/google-api.ts';
import type { Scene } from '../check.ts';
import { about, type Finding, failed, needs, ok, type Result, unknown } from '../finding.ts';

/** Whether Firestore deletes what has ended. Without, everything is kept for ever, and works. */
export async function lookAtTtl({ setting, project }: Scene): Promise<Result[]> {
  if (setting.store?.kind !== 'firestore') return [];
  const { database } = setting.store;
  if (setting.emulators.firestore !== undefined) {
    const finding = unknown(
      'whether old records are deleted: the emulator doesn’t do time-to-live',
    );
    return [about('ttl', finding)];
  }
  if (project === undefined) return [about('ttl', needs('GOOGLE_CLOUD_PROJECT'))];
  const api = createGoogleApi(new GoogleAuth({ scopes: [CLOUD_PLATFORM] }));
  return Promise.all(
    TTL_POLICIES.map(async (policy) => {
      const answer = await hasTtl(api, { project, database, ...policy });
      return about(`ttl-${policy.collection}`, decide(answer, policy, project, database));
    }),
  );
}

function decide(
  answer: Answered<boolean>,
  { collection, field }: TtlPolicy,
  project: string,
  database: string,
): Finding {
  const line = `gcloud firestore fields ttls update ${field} --collection-group=${collection} --database=${database} --enable-ttl --project=${project}`;
  if (answer.kind !== 'answer') {
    return unknown(
      `whether old records of “${collection}” are deleted can’t be seen by this account`,
      `gcloud firestore fields ttls list --database=${database} --project=${project}`,
    );
  }
  return answer.value
    ? ok(`old records of “${collection}” are deleted, by their ${field}`)
    : failed(
        `old records of “${collection}” are never deleted: it has no time-to-live policy`,
        line,
      );
}
