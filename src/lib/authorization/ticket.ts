import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Where randomness comes from: that many unpredictable bytes. Injected. */
export type RandomBytes = (size: number) => Uint8Array;

/** What a consent link carries as `state`: 256 bits, in 43 characters of base64url. The store knows its hash only. */
export const ticket = z
  .string()
  .regex(/^[\w-]{43}$/)
  .brand<'Ticket'>();
export type Ticket = z.infer<typeof ticket>;

export function mintTicket(randomBytes: RandomBytes): Ticket {
  return ticket.parse(randomToken(randomBytes));
}

/** 256 bits in base64url: also good as a PKCE verifier (43 characters at least, RFC 7636, section 4.1) and as a nonce. */
export function randomToken(randomBytes: RandomBytes): string {
  return Buffer.from(randomBytes(32)).toString('base64url');
}

/** The ticket's key in the store: SHA-256, in hexadecimal. */
export function hashTicket(value: Ticket): string {
  return createHash('sha256').update(value).digest('hex');
}

/** PKCE's S256 (RFC 7636, section 4.2). */
export function pkceChallenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
