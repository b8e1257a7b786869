/**
 * A secret that only {@link Sealer.open} gives back: `v1.{key id}.{base64url}` under a key that the processes hold,
 * `v2.{key id}.{data key, encrypted by Cloud KMS}.{base64url}` under one that they don't.
 */
export type Sealed = string & { readonly __sealed: unique symbol };

/** The id of the key that it takes to open a value. */
export function keyIdOf(sealed: Sealed): string {
  return sealed.split('.')[1] ?? '';
}

/** What a sealed value belongs to. It opens for the same owner and collection only. */
export interface SealContext {
  collection: 'grants' | 'consents' | 'requests';
  owner: string;
}

/** Encrypts what must not be read by whoever can read the store. Asynchronous, because a key may live in a key service. */
export interface Sealer {
  /** @throws KmsError when it takes Cloud KMS, which can't be had */
  seal(secret: string, context: SealContext): Promise<Sealed>;

  /** @throws SealError when the key is not in the ring, or the value was altered, or belongs elsewhere; KmsError as above */
  open(sealed: Sealed, context: SealContext): Promise<string>;
}
