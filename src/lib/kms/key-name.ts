import { createHash } from 'node:crypto';

/** `projects/{project}/locations/{location}/keyRings/{ring}/cryptoKeys/{key}`: a key of Cloud KMS, whatever its version. */
export type KmsKeyName = string & { readonly __kmsKeyName: unique symbol };

const ID = String.raw`[\w-]{1,63}`;
const NAME = new RegExp(
  `^projects/[a-z0-9:.-]{3,}/locations/[a-z0-9-]+/keyRings/${ID}/cryptoKeys/${ID}$`,
);

export function isKmsKeyName(text: string): text is KmsKeyName {
  return NAME.test(text);
}

/** What sealed values call the key: short, and the same in every process that names it alike. */
export function keyIdOfName(name: KmsKeyName): string {
  return `kms-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/** How `gcloud kms` names a key. */
export function gcloudFlags(name: KmsKeyName): string {
  const [, project, , location, , ring, , key] = name.split('/');
  return `${key} --keyring=${ring} --location=${location} --project=${project}`;
}
