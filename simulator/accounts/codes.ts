import type { RandomBytes } from '../../src/lib/authorization/ticket.ts';
import { type Clock, seconds } from '../../src/lib/clock.ts';
import { hashToken } from './state.ts';

/** What a person has agreed to, and how the app has to prove that it is the one who asked. */
export interface Approval {
  userId: string;
  clientId: string;
  scopes: readonly string[];
  redirectUri: string;
  nonce: string | undefined;
  /** PKCE, S256. */
  challenge: string | undefined;
  /** Whether a refresh token comes with it. */
  refreshable: boolean;
}

export type TakenCode =
  | { kind: 'good'; approval: Approval; hash: string }
  | { kind: 'used'; hash: string }
  | { kind: 'unknown' };

/** Authorization codes. Each works once, for a minute. */
export interface Codes {
  issue(approval: Approval): string;
  take(code: string): TakenCode;
}

const LIFE_MS = seconds(60);

export function createCodes(clock: Clock, randomBytes: RandomBytes): Codes {
  const issued = new Map<string, { approval: Approval; expiresAt: number }>();
  const used = new Set<string>();
  return {
    issue(approval) {
      const code = `4/0A${Buffer.from(randomBytes(36)).toString('base64url')}`;
      issued.set(hashToken(code), { approval, expiresAt: clock() + LIFE_MS });
      return code;
    },
    take(code) {
      const hash = hashToken(code);
      if (used.has(hash)) return { kind: 'used', hash };
      const found = issued.get(hash);
      if (found === undefined || clock() >= found.expiresAt) return { kind: 'unknown' };
      issued.delete(hash);
      used.add(hash);
      return { kind: 'good', approval: found.approval, hash };
    },
  };
}
