import type { AuthorizationServer } from '../lib/authorization/authorization.ts';
import { createAuthorizationServer } from '../lib/authorization/google-authorization.ts';
import type { Clock } from '../lib/clock.ts';
import {
  type AdminConfig,
  type AdminKeysConfig,
  loadAdminConfig,
  loadAdminGrantsConfig,
  loadAdminKeysConfig,
} from '../lib/config/admin-config.ts';
import type { ReadText } from '../lib/config/config.ts';
import type { Environment } from '../lib/config/read.ts';
import { StoreError } from '../lib/errors.ts';
import { createKms } from '../lib/kms/cloud-kms.ts';
import { createKeyring } from '../lib/store/keyring.ts';
import { openStore } from '../lib/store/open-store.ts';
import type { Sealer } from '../lib/store/sealer.ts';
import type { Store } from '../lib/store/store.ts';
import type { OperatorTerminal } from './operator-terminal.ts';

/** What the composition root hands in. */
export interface Surroundings {
  environment: Environment;
  readText: ReadText;
  /** Whether there is a file at a path. */
  exists: (path: string) => boolean;
  clock: Clock;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  random: () => number;
  terminal: OperatorTerminal;
}

/** What every command works with. */
export interface Desk {
  store: Store;
  clock: Clock;
  terminal: OperatorTerminal;
}

/** With what ends grants at Google. */
export interface GrantsDesk extends Desk {
  sealer: Sealer;
  server: Pick<AuthorizationServer, 'revoke'>;
}

/** With what encrypts. */
export interface KeysDesk extends Desk {
  sealer: Sealer;
  /** Of `TOKEN_KEYS`. The first encrypts. */
  keyIds: readonly string[];
}

/** Each asks of the configuration only what it needs itself. @throws ConfigError, StoreError, and what the work throws */
export interface Desks {
  atDesk<T>(work: (desk: Desk) => Promise<T>): Promise<T>;
  atGrantsDesk<T>(work: (desk: GrantsDesk) => Promise<T>): Promise<T>;
  atKeysDesk<T>(work: (desk: KeysDesk) => Promise<T>): Promise<T>;
}

export function createDesks({
  environment,
  readText,
  exists,
  clock,
  sleep,
  random,
  terminal,
}: Surroundings): Desks {
  const withStore = async <T>(
    config: AdminConfig,
    work: (desk: Desk) => Promise<T>,
  ): Promise<T> => {
    if (config.store.kind === 'sqlite' && !exists(config.store.path)) throw noSuchFile();
    const store = await openStore({ ...config.store, projectId: config.projectId });
    try {
      return await work({ store, clock, terminal });
    } finally {
      await store.close();
    }
  };

  const sealerFor = (
    { tokenKeys: keys, kmsUrl: url }: Pick<AdminKeysConfig, 'tokenKeys' | 'kmsUrl'>,
    clientId: string,
  ): Sealer => createKeyring({ keys, clientId, kms: createKms({ url, sleep, random }), clock });

  return {
    atDesk: async (work) => withStore(loadAdminConfig(environment), work),

    async atGrantsDesk(work) {
      const { oauth, ...config } = loadAdminGrantsConfig(environment, readText);
      const sealer = sealerFor(config, oauth.client.clientId);
      const server = createAuthorizationServer({ ...oauth, clock });
      return withStore(config, (desk) => work({ ...desk, sealer, server }));
    },

    async atKeysDesk(work) {
      const { clientId, ...config } = loadAdminKeysConfig(environment, readText);
      const sealer = sealerFor(config, clientId);
      const keyIds = config.tokenKeys.map(({ id }) => id);
      return withStore(config, (desk) => work({ ...desk, sealer, keyIds }));
    },
  };
}

/** To open it would make an empty one, and say that nobody is connected. */
function noSuchFile(): StoreError {
  return new StoreError(
    'store_unavailable',
    'There is no SQLite database at the path in STORE. Set it as the processes have it, and run this where they run.',
  );
}
