import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createAppAuth } from '../lib/authorization/app-credentials.ts';
import { createAssertionSigner } from '../lib/authorization/assertion-signer.ts';
import {
  createDelegatedTokens,
  refuseOtherDomains,
} from '../lib/authorization/delegated-tokens.ts';
import type { RandomBytes } from '../lib/authorization/ticket.ts';
import type { Chat, ChatAsApp, ChatAsPerson } from '../lib/chat/chat.ts';
import { createChat } from '../lib/chat/google-chat.ts';
import { createPacer } from '../lib/chat/pacer.ts';
import { createQuotas } from '../lib/chat/quotas.ts';
import { createRetryBudget } from '../lib/chat/retry-budget.ts';
import { type Clock, seconds } from '../lib/clock.ts';
import {
  loadCliAccountConfig,
  loadCliAppConfig,
  loadCliDelegationConfig,
} from '../lib/config/cli-config.ts';
import type { ReadText } from '../lib/config/config.ts';
import type { Environment } from '../lib/config/read.ts';
import { createKms } from '../lib/kms/cloud-kms.ts';
import { userName } from '../lib/names.ts';
import { createKeyring } from '../lib/store/keyring.ts';
import { openAccountStore } from '../lib/store/sqlite/account.ts';
import { type Terminal, terminalLog } from '../lib/terminal/terminal.ts';
import { type Account, type AccountDeps, openAccount } from './account.ts';
import type { PersonPrincipal } from './invocation.ts';
import { ownKey } from './own-key.ts';

/** How long one call to sign or for a token may take, and the repeats of one call to Chat. In milliseconds. */
const TIMEOUT_MS = seconds(10);
const RETRY_BUDGET_MS = seconds(60);

/** What the composition root hands in. */
export interface Surroundings {
  environment: Environment;
  readText: ReadText;
  /** The person's home folder. */
  home: string;
  clock: Clock;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
  randomBytes: RandomBytes;
  terminal: Terminal;
}

/** Chat, as whoever a command acts as. Each asks of the configuration only what it needs itself. */
export interface Chats {
  /** @throws ConfigError */
  asApp(): ChatAsApp;

  /** @throws ConfigError, and what getting an access token throws */
  asPerson(
    principal: PersonPrincipal,
    scopes: readonly string[],
    signal: AbortSignal,
  ): Promise<ChatAsPerson>;

  /** Does something with the account that is signed in. @throws ConfigError, StoreError */
  withAccount<T>(work: (account: Account) => Promise<T>): Promise<T>;
}

export function createChats(around: Surroundings, invite: AccountDeps['invite']): Chats {
  const withAccount: Chats['withAccount'] = async (work) => {
    const { oauth, folder, ...config } = accountConfig(around);
    const { clientId } = oauth.client;
    const keys = config.tokenKeys ?? ownKey(folder, around.randomBytes);
    const store = openAccountStore(join(folder, `${fileNameOf(clientId)}.sqlite`));
    try {
      const kms = createKms({ ...around, url: config.kmsUrl });
      const sealer = createKeyring({ keys, clientId, kms, clock: around.clock });
      return await work(openAccount({ ...around, ...config, oauth, store, sealer, invite }));
    } finally {
      await store.close();
    }
  };

  return {
    withAccount,
    asApp: () => chatAt(around, loadCliAppConfig(around.environment)).asApp,

    async asPerson(principal, scopes, signal) {
      if (principal.kind === 'delegated') {
        return await delegated(around, principal.email, scopes, signal);
      }
      const config = accountConfig(around);
      const { user, token } = await withAccount((account) => account.access(scopes, signal));
      return chatAt(around, config).asPerson(user, token);
    },
  };
}

async function delegated(
  around: Surroundings,
  email: string,
  scopes: readonly string[],
  signal: AbortSignal,
): Promise<ChatAsPerson> {
  const { delegation, allowedDomain, ...config } = loadCliDelegationConfig(around.environment);
  refuseOtherDomains(email, allowedDomain);
  const tokens = createDelegatedTokens({
    signer: createAssertionSigner({ ...delegation, timeoutMs: TIMEOUT_MS }),
    tokenUrl: delegation.tokenUrl,
    clock: around.clock,
    timeoutMs: TIMEOUT_MS,
    log: terminalLog(around.terminal),
  });
  const token = await tokens.accessToken({ email, scopes }, signal);
  return chatAt(around, config).asPerson(userName.parse(`users/${email}`), token);
}

function accountConfig({ environment, readText, home }: Surroundings) {
  return loadCliAccountConfig(environment, readText, home);
}

function chatAt(around: Surroundings, { chatApiUrl }: { chatApiUrl: string }): Chat {
  // A command is over soon: its clock is not likely to be put back meanwhile.
  const elapsed = around.clock;
  return createChat({
    ...around,
    pacer: createPacer({ ...around, quotas: createQuotas(), elapsed }),
    retryBudget: createRetryBudget(elapsed),
    rootUrl: chatApiUrl,
    appAuth: createAppAuth(),
    budgetMs: RETRY_BUDGET_MS,
  });
}

/** One account for each OAuth client. What a client is called is Google's business, so that it isn't taken for a file's name. */
function fileNameOf(clientId: string): string {
  return createHash('sha256').update(clientId).digest('hex').slice(0, 16);
}
