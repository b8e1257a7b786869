import type { StoreLocation } from '../store/open-store.ts';
import { isLocal, type TokenKey } from '../store/token-keys.ts';
import type { OAuthConfig, OAuthWebConfig, SubscriberConfig, UserAuth } from './config.ts';

/**
 * The configuration in effect, for the first line of a log. Of secrets it tells only what identifies them.
 */
export function describeConfig(config: SubscriberConfig | OAuthWebConfig): string {
  const { tokenKeys, store, ...rest } = config;
  const settings = {
    ...('oauth' in rest ? describeOAuthWeb(rest) : describeSubscriber(rest)),
    store: describeStore(store),
    tokenKeys: tokenKeys.map(describeKey).join(','),
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value ?? '(not set)'}`)
    .join(', ');
}

type Rest<Config> = Omit<Config, 'tokenKeys' | 'store'>;

function describeOAuthWeb({ oauth, ...rest }: Rest<OAuthWebConfig>) {
  return { ...rest, ...describeOAuth(oauth) };
}

function describeSubscriber({ userAuth, commandIds, webhooks, ...rest }: Rest<SubscriberConfig>) {
  return {
    ...rest,
    ...describeUserAuth(userAuth),
    commandIds: describeCommands(commandIds),
    webhooks: [...webhooks.keys()].map((name) => `${name}:•••`).join(',') || '(none)',
  };
}

function describeUserAuth(userAuth: UserAuth) {
  if (userAuth.kind === 'consent') return { userAuth: 'consent', ...describeOAuth(userAuth.oauth) };
  const { account, tokenUrl, iamCredentialsUrl } = userAuth.delegation;
  return { userAuth: 'delegation', delegationAccount: account, tokenUrl, iamCredentialsUrl };
}

function describeOAuth({ client, redirectUri, issuer }: OAuthConfig) {
  return { oauthClient: client.clientId, redirectUri, issuer };
}

function describeStore(store: StoreLocation): string {
  return store.kind === 'sqlite' ? `sqlite:${store.path}` : `firestore:${store.database}`;
}

/** Of a key of Cloud KMS, what sealed values call it, too. */
function describeKey(key: TokenKey): string {
  return isLocal(key) ? `${key.id}:•••` : `kms:${key.name} (${key.id})`;
}

function describeCommands(ids: ReadonlyMap<number, string>): string {
  return [...ids].map(([id, name]) => `${id}:${name}`).join(',') || '(none)';
}
