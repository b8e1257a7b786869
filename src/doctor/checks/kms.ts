import { KmsError } from '../../lib/errors.ts';
import { gcloudFlags } from '../../lib/kms/key-name.ts';
import { KMS_ROLE } from '../../lib/kms/refusal.ts';
import { isInKms, type KmsKey } from '../../lib/store/token-keys.ts';
import { hasFailed, type Scene } from '../check.ts';
import { about, type Finding, failed, needs, ok, type Result } from '../finding.ts';
import { accountEmail } from './credentials.ts';
import { reaching } from './network.ts';

/** Any, and the same both times. */
const BOUND = Buffer.from('postern doctor');

/** Whether these credentials may use the keys of Cloud KMS: each gets something random to encrypt, and to decrypt again. */
export async function lookAtKms(scene: Scene): Promise<Result[]> {
  const { tokenKeys = [], urls } = scene.setting;
  const keys = tokenKeys.filter(isInKms);
  if (keys.length === 0) return [];
  const host = URL.parse(urls.kms ?? '')?.host;
  if (host === undefined) return [about('kms', needs('CLOUD_KMS_URL'))];
  if (hasFailed(scene, reaching(host))) return [about('kms', needs(`${host}, see above`))];
  if (hasFailed(scene, 'credentials')) return [about('kms', needs('credentials, see above'))];
  return Promise.all(keys.map(async (key) => about('kms', await tryKey(key, scene))));
}

async function tryKey({ id, name }: KmsKey, { kms, randomBytes }: Scene): Promise<Finding> {
  const bytes = randomBytes(32);
  try {
    const encrypted = await kms.encrypt(name, bytes, BOUND);
    const back = await kms.decrypt(name, encrypted, BOUND);
    return back?.equals(bytes)
      ? ok(`Cloud KMS encrypts and decrypts with ${name} (${id})`)
      : failed(`Cloud KMS did not give back what ${name} has encrypted`, 'Run this again.');
  } catch (error) {
    if (!(error instanceof KmsError)) throw error;
    return failed(error.message, await remedyFor(error, name));
  }
}

async function remedyFor({ code }: KmsError, name: KmsKey['name']): Promise<string> {
  if (code === 'kms_unavailable')
    return 'Run this again; if it stays so, see https://status.cloud.google.com';
  const flags = gcloudFlags(name);
  const member = `serviceAccount:${(await accountEmail()) ?? 'ACCOUNT'}`;
  return (
    `gcloud kms keys versions list --key=${flags}\n` +
    `If one is enabled there: gcloud kms keys add-iam-policy-binding ${flags} --member=${member} --role=${KMS_ROLE}`
  );
}
