import { createAssertionSigner } from '../lib/authorization/assertion-signer.ts';
import { createConsents } from '../lib/authorization/consent.ts';
import { createDelegatedTokens } from '../lib/authorization/delegated-tokens.ts';
import { disconnectPerson } from '../lib/authorization/disconnect.ts';
import { createAuthorizationServer } from '../lib/authorization/google-authorization.ts';
import { createPersonTokens } from '../lib/authorization/person-tokens.ts';
import type { RandomBytes } from '../lib/authorization/ticket.ts';
import type { ChatAsApp } from '../lib/chat/chat.ts';
import { type Clock, seconds } from '../lib/clock.ts';
import type { DelegationConfig, OAuthConfig, SubscriberConfig } from '../lib/config/config.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { Grant, Store } from '../lib/store/store.ts';
import type { Log } from '../lib/telemetry/log.ts';
import type { Tracing } from '../lib/telemetry/tracing.ts';
import { createConsentPrompts } from './consent-prompt.ts';
import type { PrivateReplies } from './private-replies.ts';
import type { ByConsent, ByDelegation, UserAuth } from './user-auth.ts';

/** How long one call to sign or for a token may take. */
const TIMEOUT_MS = seconds(10);

export interface UserAuthParts {
  store: Store;
  sealer: Sealer;
  chat: Pick<ChatAsApp, 'patchMessage'>;
  replies: PrivateReplies;
  clock: Clock;
  randomBytes: RandomBytes;
  tracing: Tracing;
  log: Log;
  noteUse: (grant: Grant) => void;
  /** Told of each access token of a person that was asked for. @param outcome `fetched`, or why not */
  countAccessToken: (outcome: string) => void;
}

type Settings = Pick<SubscriberConfig, 'userAuth' | 'allowedDomain'>;

/** What lets the app act as people, as configured. Connects to nothing yet. */
export function openUserAuth(
  { userAuth, allowedDomain }: Settings,
  parts: UserAuthParts,
): UserAuth {
  return userAuth.kind === 'consent'
    ? byConsent(userAuth.oauth, allowedDomain, parts)
    : byDelegation(userAuth.delegation, allowedDomain, parts);
}

function byConsent(
  oauth: OAuthConfig,
  allowedDomain: string | undefined,
  {
    store,
    sealer,
    chat,
    replies,
    clock,
    randomBytes,
    tracing,
    noteUse,
    countAccessToken,
  }: UserAuthParts,
): ByConsent {
  const server = createAuthorizationServer({ ...oauth, allowedDomain, clock });
  const noteFetch = countAccessToken;
  const tokens = createPersonTokens({ server, sealer, clock, noteUse, noteFetch });
  const consents = createConsents({ store, sealer, server, randomBytes, tracing });
  return {
    kind: 'consent',
    grants: store.grants,
    tokens,
    prompts: createConsentPrompts({ consents, replies, chat, clock }),
    disconnect: (user, signal) =>
      disconnectPerson({ store, sealer, server, tokens }, user, clock(), signal),
  };
}

function byDelegation(
  { account, tokenUrl, iamCredentialsUrl }: DelegationConfig,
  allowedDomain: string | undefined,
  { clock, log, countAccessToken }: UserAuthParts,
): ByDelegation {
  const signer = createAssertionSigner({ account, iamCredentialsUrl, timeoutMs: TIMEOUT_MS });
  const noteFetch = countAccessToken;
  const options = { signer, tokenUrl, clock, timeoutMs: TIMEOUT_MS, log, noteFetch };
  const tokens = createDelegatedTokens(options);
  return { kind: 'delegation', tokens, allowedDomain };
}
