import { PosternError } from '../errors.ts';
import type { UserName } from '../names.ts';
import type { Sealer } from '../store/sealer.ts';
import type { Grant, Store } from '../store/store.ts';
import type { AuthorizationServer, PersonTokens } from './authorization.ts';

export interface DisconnectDeps {
  store: Pick<Store, 'forgetPerson'> & { grants: Pick<Store['grants'], 'get'> };
  sealer: Sealer;
  server: Pick<AuthorizationServer, 'revoke'>;
  tokens: Pick<PersonTokens, 'drop'>;
}

export interface Disconnected {
  wasConnected: boolean;
  /** False when Google could not be told: the person can end the grant at myaccount.google.com. */
  revoked: boolean;
}

/**
 * Ends a person's connection: at Google, and with everything that we hold of them. What we hold goes whatever Google says.
 *
 * @throws StoreError when we could not forget them; calling again is safe
 */
export async function disconnectPerson(
  { store, sealer, server, tokens }: DisconnectDeps,
  user: UserName,
  now: number,
  signal: AbortSignal,
): Promise<Disconnected> {
  const grant = await store.grants.get(user);
  const revoked = grant !== undefined && (await revoke({ sealer, server }, grant, signal));
  await store.forgetPerson(user, now);
  if (grant !== undefined) tokens.drop(grant);
  return { wasConnected: grant !== undefined, revoked };
}

async function revoke(
  { sealer, server }: Pick<DisconnectDeps, 'sealer' | 'server'>,
  { user, refreshToken }: Grant,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const token = await sealer.open(refreshToken, { collection: 'grants', owner: user });
    await server.revoke(token, signal);
    return true;
  } catch (error) {
    if (error instanceof PosternError) return false;
    throw error;
  }
}
