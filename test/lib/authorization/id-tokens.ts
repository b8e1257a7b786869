import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export const CLIENT_ID = '1234-abc.apps.googleusercontent.com';
export const ISSUER = 'https://accounts.google.com';
const KEY_ID = 'key-1';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The certificates as Google serves them: a map from key id to PEM. */
export const CERTIFICATES = { [KEY_ID]: publicKey.export({ type: 'spki', format: 'pem' }) };

export type Claims = Readonly<Record<string, unknown>>;

/** What Google says of Ana, a minute ago, for an hour. */
export function claimsOf(sub: string, nonce: string, more: Claims = {}): Claims {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: ISSUER,
    azp: CLIENT_ID,
    aud: CLIENT_ID,
    sub,
    nonce,
    iat: now - 60,
    exp: now + 3540,
    ...more,
  };
}

export function signed(claims: Claims, header: Claims = {}, key: KeyObject = privateKey): string {
  const body = unsigned(claims, { alg: 'RS256', typ: 'JWT', kid: KEY_ID, ...header });
  return `${body}.${sign('RSA-SHA256', Buffer.from(body), key).toString('base64url')}`;
}

export function signedByStranger(claims: Claims): string {
  return signed(claims, {}, stranger.privateKey);
}

/** The classic confusion: the public certificate, taken for a shared secret. */
export function signedWithCertificate(claims: Claims): string {
  const body = unsigned(claims, { alg: 'HS256', typ: 'JWT', kid: KEY_ID });
  const mac = createHmac('sha256', String(CERTIFICATES[KEY_ID])).update(body);
  return `${body}.${mac.digest('base64url')}`;
}

export function notSigned(claims: Claims): string {
  return `${unsigned(claims, { alg: 'none', typ: 'JWT', kid: KEY_ID })}.`;
}

function unsigned(claims: Claims, header: Claims): string {
  return [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
}
