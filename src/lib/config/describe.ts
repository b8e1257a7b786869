import type { StoreLocation } from '../store/open-store.ts';
import type { OAuthWebConfig, SubscriberConfig } from './config.ts';

/**
 * The configuration in effect, for the first line of a log. Of secrets it tells only what identifies them.
 */
export function describeConfig(config: SubscriberConfig | OAuthWebConfig): string {
  const { oauth, tokenKeys, store, commandIds, ...rest } = { commandIds: undefined, ...config };
  const settings = {
    ...rest,
    store: describeStore(store),
    tokenKeys: tokenKeys.map(({ id }) => `${id}:•••`).join(','),
    oauthClient: oauth.client.clientId,
    redirectUri: oauth.redirectUri,
    issuer: oauth.issuer,
    ...(commandIds === undefined ? {} : { commandIds: describeCommands(commandIds) }),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value ?? '(not set)'}`)
    .join(', ');
}

function describeStore(store: StoreLocation): string {
  return store.kind === 'sqlite' ? `sqlite:${store.path}` : `firestore:${store.database}`;
}

function describeCommands(ids: ReadonlyMap<number, string>): string {
  return [...ids].map(([id, name]) => `${id}:${name}`).join(',') || '(none)';
}
