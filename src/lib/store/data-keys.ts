import type { KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { type Clock, days } from '../clock.ts';
import { KmsError } from '../errors.ts';
import type { Kms } from '../kms/cloud-kms.ts';
import { newKey, secretKey } from './box.ts';
import type { KmsKey } from './token-keys.ts';

/**
 * How long a process encrypts with one data key, and remembers any. So Cloud KMS is asked a few times a day, and whoever takes
 * the key away there has taken it away here within a day.
 */
const LIFE_MS = days(1);

/** A data key for each process and day: those of years. */
const MAX_KEPT = 10_000;

/** A key for secrets, and the same as Cloud KMS has encrypted it: base64url. */
export interface DataKey {
  key: KeyObject;
  wrapped: string;
}

/** Keys that one key of Cloud KMS encrypts, in memory only. Both methods throw `KmsError`. */
export interface DataKeys {
  /** The one to encrypt with today. */
  current(): Promise<DataKey>;
  /** @returns undefined when the key of Cloud KMS has not encrypted it, or not for this OAuth client */
  unwrap(wrapped: string): Promise<KeyObject | undefined>;
}

export interface DataKeysOptions {
  key: KmsKey;
  /** Cloud KMS gives a data key back with the same only. */
  clientId: string;
  kms: Kms;
  clock: Clock;
}

export function createDataKeys({ key, clientId, kms, clock }: DataKeysOptions): DataKeys {
  const bound = Buffer.from(JSON.stringify(['v2 data key', key.id, clientId]));
  const decrypt = (wrapped: string): Promise<Buffer | undefined> =>
    kms.decrypt(key.name, Buffer.from(wrapped, 'base64url'), bound);

  // Each is fetched by one caller at a time, and a failure isn't kept.
  const known = new LRUCache<string, KeyObject>({
    max: MAX_KEPT,
    ttl: LIFE_MS,
    ttlResolution: 0,
    perf: { now: clock },
    ignoreFetchAbort: true,
    fetchMethod: async (wrapped) => toKey(await decrypt(wrapped)),
  });

  /** What can't be decrypted again must not encrypt anything: that is tried first. */
  const make = async (): Promise<DataKey> => {
    const bytes = newKey();
    const wrapped = (await kms.encrypt(key.name, bytes, bound)).toString('base64url');
    if (!(await decrypt(wrapped))?.equals(bytes)) throw notTheSame();
    const made = { key: secretKey(bytes), wrapped };
    known.set(wrapped, made.key);
    return made;
  };

  let today: { key: Promise<DataKey>; until: number } | undefined;
  return {
    current() {
      if (today !== undefined && clock() < today.until) return today.key;
      const made = { key: make(), until: clock() + LIFE_MS };
      today = made;
      made.key.catch(() => {
        if (today === made) today = undefined;
      });
      return made.key;
    },
    unwrap: (wrapped) => known.fetch(wrapped),
  };
}

function toKey(bytes: Buffer | undefined): KeyObject | undefined {
  return bytes === undefined ? undefined : secretKey(bytes);
}

function notTheSame(): KmsError {
  return new KmsError(
    'kms_unavailable',
    'Cloud KMS did not give back what it has encrypted. The call can be repeated as it is.',
  );
}
