import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
} from 'node:crypto';

/** The key that signs ID tokens. */
export interface SigningKey {
  id: string;
  privateKeyPem: string;
  /** What Google serves as an X.509 certificate; verifiers take the bare public key as well (feasibility.md, section 5). */
  publicKeyPem: string;
}

/** Takes a tenth of a second or so. */
export function generateSigningKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return signingKeyOf(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** @throws when it is no private key */
export function signingKeyOf(privateKeyPem: string): SigningKey {
  const publicKey = createPublicKey(createPrivateKey(privateKeyPem));
  const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const id = createHash('sha256').update(publicKeyPem).digest('hex').slice(0, 40);
  return { id, privateKeyPem, publicKeyPem };
}

/** A JSON web token, signed with RS256. */
export function signJwt(key: SigningKey, claims: Readonly<Record<string, unknown>>): string {
  const body = [{ alg: 'RS256', kid: key.id, typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${body}.${sign('RSA-SHA256', Buffer.from(body), key.privateKeyPem).toString('base64url')}`;
}
