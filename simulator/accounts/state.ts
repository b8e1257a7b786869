import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Snapshot } from '../snapshot.ts';
import { type Audience, audience } from './audience.ts';
import { generateSigningKey, type SigningKey, signingKeyOf } from './signing-key.ts';

/** A token as we keep it: by its hash, so that the snapshot holds none that works. */
const token = z.object({
  hash: z.string(),
  userId: z.string(),
  scopes: z.array(z.string()),
  /** The hash of the code that it all began with. */
  lineage: z.string(),
  /** Whom it was issued to. Not known of delegation’s, and of tokens of long ago. */
  clientId: z.string().optional(),
});
const accessToken = token.extend({ expiresAt: z.number() });

const saved = z.object({
  privateKeyPem: z.string(),
  /** What each person has granted to the app. */
  grants: z.array(z.tuple([z.string(), z.array(z.string())])),
  refreshTokens: z.array(token),
  accessTokens: z.array(accessToken),
  audience: audience.default('internal'),
});

export type RefreshToken = z.infer<typeof token>;
export type AccessToken = z.infer<typeof accessToken>;

/** What outlives a restart: who is connected stays connected. */
export interface AccountsState {
  readonly signingKey: SigningKey;
  readonly grants: Map<string, string[]>;
  refreshTokens: RefreshToken[];
  accessTokens: AccessToken[];
  audience: Audience;
  /** To be called after every change. */
  save(): void;
}

/** @throws when the snapshot holds something else */
export function loadState(snapshot: Snapshot): AccountsState {
  const content = snapshot.load();
  const before = content === undefined ? undefined : saved.parse(content);
  const state: AccountsState = {
    signingKey: before === undefined ? generateSigningKey() : signingKeyOf(before.privateKeyPem),
    grants: new Map(before?.grants),
    refreshTokens: before?.refreshTokens ?? [],
    accessTokens: before?.accessTokens ?? [],
    audience: before?.audience ?? 'internal',
    save() {
      snapshot.save({
        privateKeyPem: state.signingKey.privateKeyPem,
        grants: [...state.grants],
        refreshTokens: state.refreshTokens,
        accessTokens: state.accessTokens,
        audience: state.audience,
      } satisfies z.infer<typeof saved>);
    },
  };
  if (before === undefined) state.save();
  return state;
}

export function hashToken(value: string): string {
  return createHash('sha256').update(value).digest('hex');
}
