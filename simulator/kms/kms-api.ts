import express, { type ErrorRequestHandler, Router } from 'express';
import { z } from 'zod';
import { crc32c } from '../../src/lib/kms/crc32c.ts';
import { ApiError } from '../chat/api-error.ts';
import { loopbackOnly } from '../guards.ts';
import type { Authenticate } from '../principal.ts';
import { type Cipher, createKeyStore, type KeyStore } from './key-store.ts';

/** What happens to a call that would otherwise be carried out: Cloud KMS is out of order, or the answer is altered on its way. */
export type KmsTrouble = 'unavailable' | 'altered' | undefined;

/** Cloud KMS's `encrypt` and `decrypt`, and what an administrator does there. */
export interface SimulatedKms {
  /** To be mounted before Chat's API, which has `/v1` as well. */
  router: Router;
  keys: KeyStore;
  /** What it was given to encrypt, in base64. Tests look for it in logs. */
  secrets: readonly string[];
  /** The methods that were called, in order. */
  calls: readonly ('encrypt' | 'decrypt')[];
  trouble: KmsTrouble;
}

const SCOPES = ['cloud-platform', 'cloudkms'].map(
  (name) => `https://www.googleapis.com/auth/${name}`,
);

const MAX_BYTES = 64 * 1024;
const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const checksum = z.string().regex(/^\d{1,10}$/);
const bound = {
  additionalAuthenticatedData: bytes.default(Buffer.alloc(0)),
  additionalAuthenticatedDataCrc32c: checksum.optional(),
};
const encryptRequest = z.strictObject({
  ...bound,
  plaintext: bytes,
  plaintextCrc32c: checksum.optional(),
});
const decryptRequest = z.strictObject({
  ...bound,
  ciphertext: bytes,
  ciphertextCrc32c: checksum.optional(),
});

export function createSimulatedKms(authenticate: Authenticate): SimulatedKms {
  const keys = createKeyStore();
  const calls: ('encrypt' | 'decrypt')[] = [];
  const secrets: string[] = [];
  const router = Router();
  const path =
    /^\/v1\/(projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/:]+):(encrypt|decrypt)$/;
  router.post(path, loopbackOnly, express.json(), (request, response) => {
    const { 0: name = '', 1: method } = request.params;
    refuseStrangers(authenticate, request.headers.authorization);
    const body: unknown = request.body;
    if (method === 'encrypt') {
      calls.push('encrypt');
      secrets.push(read(encryptRequest, body).plaintext.toString('base64'));
      refuseIf(kms.trouble === 'unavailable');
      response.json(altered(kms.trouble, encrypt(keys, name, body)));
    } else {
      calls.push('decrypt');
      refuseIf(kms.trouble === 'unavailable');
      response.json(altered(kms.trouble, decrypt(keys, name, body)));
    }
  });
  router.use(answerRefusals);
  const kms: SimulatedKms = { router, keys, secrets, calls, trouble: undefined };
  return kms;
}

function encrypt(keys: Cipher, name: string, body: unknown): Record<string, unknown> {
  const asked = read(encryptRequest, body);
  verify('plaintext', asked.plaintext, asked.plaintextCrc32c);
  verifyBound(asked);
  const { version, bytes: ciphertext } = keys.encrypt(
    name,
    asked.plaintext,
    asked.additionalAuthenticatedData,
  );
  return {
    name: version,
    ciphertext: ciphertext.toString('base64'),
    ciphertextCrc32c: String(crc32c(ciphertext)),
    ...(asked.plaintextCrc32c === undefined ? {} : { verifiedPlaintextCrc32c: true }),
    ...(asked.additionalAuthenticatedDataCrc32c === undefined
      ? {}
      : { verifiedAdditionalAuthenticatedDataCrc32c: true }),
    protectionLevel: 'SOFTWARE',
  };
}

function decrypt(keys: Cipher, name: string, body: unknown): Record<string, unknown> {
  const asked = read(decryptRequest, body);
  verify('ciphertext', asked.ciphertext, asked.ciphertextCrc32c);
  verifyBound(asked);
  const { isPrimary, bytes: plaintext } = keys.decrypt(
    name,
    asked.ciphertext,
    asked.additionalAuthenticatedData,
  );
  return {
    plaintext: plaintext.toString('base64'),
    plaintextCrc32c: String(crc32c(plaintext)),
    ...(isPrimary ? { usedPrimary: true } : {}),
    protectionLevel: 'SOFTWARE',
  };
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const asked = schema.safeParse(body);
  if (asked.success) return asked.data;
  throw new ApiError('INVALID_ARGUMENT', 'Invalid JSON payload received.');
}

function verifyBound(asked: {
  additionalAuthenticatedData: Buffer;
  additionalAuthenticatedDataCrc32c?: string | undefined;
}): void {
  const name = 'additional_authenticated_data';
  verify(name, asked.additionalAuthenticatedData, asked.additionalAuthenticatedDataCrc32c);
}

function verify(field: string, value: Buffer, sum: string | undefined): void {
  if (value.length > MAX_BYTES) {
    throw new ApiError('INVALID_ARGUMENT', `The ${field} is longer than ${MAX_BYTES} bytes.`);
  }
  if (sum === undefined || Number(sum) === crc32c(value)) return;
  throw new ApiError('INVALID_ARGUMENT', `The checksum in ${field}_crc32c did not match the data.`);
}

/** One byte of the answer's data is another. */
function altered(trouble: KmsTrouble, answer: Record<string, unknown>): Record<string, unknown> {
  if (trouble !== 'altered') return answer;
  const field = 'ciphertext' in answer ? 'ciphertext' : 'plaintext';
  const value = Buffer.from(String(answer[field]), 'base64');
  value.writeUInt8(value.readUInt8(1) ^ 1, 1);
  return { ...answer, [field]: value.toString('base64') };
}

function refuseIf(isDown: boolean): void {
  if (isDown) throw new ApiError('UNAVAILABLE', 'The service is currently unavailable.');
}

function refuseStrangers(authenticate: Authenticate, authorization: string | undefined): void {
  const principal = authenticate(/^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '');
  if (principal?.kind !== 'app') {
    throw new ApiError('UNAUTHENTICATED', 'Request had invalid authentication credentials.');
  }
  if (principal.scopes.some((scope) => SCOPES.includes(scope))) return;
  throw new ApiError('PERMISSION_DENIED', 'Request had insufficient authentication scopes.');
}

const answerRefusals: ErrorRequestHandler = (error, _request, response, next) => {
  if (error instanceof ApiError) response.status(error.httpStatus).json(error.body());
  else next(error);
};
