import type { Clock } from '../clock.ts';
import type { Kms } from '../kms/cloud-kms.ts';
import { decodeBox, decryptBox, encodeBox, encryptBox, secretKey } from './box.ts';
import { createDataKeys } from './data-keys.ts';
import { sealed as sealedSchema } from './records.ts';
import { broken, doesNotOpen, unknownKey } from './seal-errors.ts';
import type { SealContext, Sealed, Sealer } from './sealer.ts';
import { isLocal, type KmsKey, type LocalKey, type TokenKey } from './token-keys.ts';

export type KeyringOptions = {
  /** The OAuth client that the secrets belong to. */
  clientId: string;
} & (
  | { keys: readonly LocalKey[]; kms?: undefined }
  | { keys: readonly TokenKey[]; kms: Kms; clock: Clock }
);

/** A sealed value, taken apart: `v1` without a wrapped data key, `v2` with one. */
interface Parts {
  wrapped: string | undefined;
  box: Buffer;
}

/** What one key does. */
interface RingKey {
  seal(secret: string, context: SealContext): Promise<string>;
  open(parts: Parts, context: SealContext): Promise<string>;
}

/**
 * Encrypts with AES-256-GCM. The first key encrypts, all decrypt: to rotate, put a new key first and leave the old one behind
 * it until nothing that it encrypted is left.
 *
 * Under a key that this process holds, a sealed value is `v1.{key id}.{base64url of IV, ciphertext and tag}`. Under one of
 * Cloud KMS it is `v2.{key id}.{data key}.{the same, under the data key}`, where Cloud KMS has encrypted the data key. Either
 * is bound to its collection, its owner and the OAuth client, so that a value copied to another person's record, or to
 * another app's store, does not open.
 *
 * @throws RangeError without keys, or with one that isn't 32 bytes long
 */
export function createKeyring(options: KeyringOptions): Sealer {
  const { clientId } = options;
  const ring = new Map(
    options.kms === undefined
      ? options.keys.map((key) => [key.id, localKey(key, clientId)])
      : options.keys.map((key) => [
          key.id,
          isLocal(key) ? localKey(key, clientId) : kmsKey(key, options),
        ]),
  );
  const [primary] = ring.values();
  if (primary === undefined) throw new RangeError('A keyring needs at least one key');

  return {
    seal: async (secret, context) => sealedSchema.parse(await primary.seal(secret, context)),

    async open(sealed, context) {
      const { keyId, ...parts } = takeApart(sealed);
      const key = ring.get(keyId);
      if (key === undefined) throw unknownKey(keyId);
      return key.open(parts, context);
    },
  };
}

function localKey({ id, key: bytes }: LocalKey, clientId: string): RingKey {
  const key = secretKey(bytes);
  const boundTo = (context: SealContext) => associatedData('v1', id, context, clientId);
  return {
    async seal(secret, context) {
      return `v1.${id}.${encodeBox(encryptBox(secret, key, boundTo(context)))}`;
    },
    async open({ wrapped, box }, context) {
      if (wrapped !== undefined) throw doesNotOpen(id);
      return opened(id, () => decryptBox(box, key, boundTo(context)));
    },
  };
}

function kmsKey(
  key: KmsKey,
  { clientId, kms, clock }: { clientId: string; kms: Kms; clock: Clock },
): RingKey {
  const { id } = key;
  const dataKeys = createDataKeys({ key, clientId, kms, clock });
  const boundTo = (context: SealContext) => associatedData('v2', id, context, clientId);
  return {
    async seal(secret, context) {
      const today = await dataKeys.current();
      return `v2.${id}.${today.wrapped}.${encodeBox(encryptBox(secret, today.key, boundTo(context)))}`;
    },
    async open({ wrapped, box }, context) {
      const dataKey = wrapped === undefined ? undefined : await dataKeys.unwrap(wrapped);
      if (dataKey === undefined) throw doesNotOpen(id);
      return opened(id, () => decryptBox(box, dataKey, boundTo(context)));
    },
  };
}

/** JSON keeps the parts apart, whatever is in them: `a` + `bc` never equals `ab` + `c`. */
function associatedData(
  version: 'v1' | 'v2',
  keyId: string,
  context: SealContext,
  clientId: string,
): Buffer {
  return Buffer.from(JSON.stringify([version, keyId, context.collection, context.owner, clientId]));
}

function opened(keyId: string, decrypt: () => string): string {
  try {
    return decrypt();
  } catch (cause) {
    throw doesNotOpen(keyId, cause);
  }
}

function takeApart(sealed: Sealed): Parts & { keyId: string } {
  const [, keyId, ...rest] = sealed.split('.');
  const text = rest.at(-1);
  if (!sealedSchema.safeParse(sealed).success || keyId === undefined || text === undefined) {
    throw broken(
      'it is not of the form v1.{key id}.{base64url} or v2.{key id}.{data key}.{base64url}',
    );
  }
  const box = decodeBox(text);
  if (box === undefined) throw broken('it is cut short');
  return { keyId, wrapped: rest.length > 1 ? rest[0] : undefined, box };
}
