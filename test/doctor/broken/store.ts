import { DatabaseSync } from 'node:sqlite';
import { hours } from '../../../src/lib/clock.ts';
import { requestId, spaceName, userName } from '../../../src/lib/names.ts';
import { createKeyring } from '../../../src/lib/store/keyring.ts';
import { openStore } from '../../../src/lib/store/open-store.ts';
import { isLocal, parseTokenKeys } from '../../../src/lib/store/token-keys.ts';
import type { Practice, Variables } from '../practice.ts';
import type { BrokenSetUp } from './set-up.ts';

const KEY = `new:${Buffer.alloc(32, 7).toString('base64')}`;

const pathOf = (environment: Variables): string =>
  environment['STORE']?.replace('sqlite:', '') ?? '';

let lock: DatabaseSync | undefined;

/** Somebody who has connected. */
async function connectSomebody({ environment, credentials }: Practice): Promise<void> {
  const parsed = parseTokenKeys(environment['TOKEN_KEYS'] ?? '');
  if (!('keys' in parsed)) throw new Error('No keys');
  const { clientId } = credentials.oauthClient;
  const sealer = createKeyring({ keys: parsed.keys.filter(isLocal), clientId });
  const store = await openStore({ kind: 'sqlite', path: pathOf(environment) });
  const user = userName.parse('users/1');
  const ticketHash = '0'.repeat(64);
  const sealed = await sealer.seal('secret', { collection: 'grants', owner: user });
  const now = Date.now();
  await store.consents.open({
    ticketHash,
    user,
    space: spaceName.parse('spaces/A'),
    requestId: requestId.parse('1'.repeat(64)),
    scopes: [],
    verifier: sealed,
    nonce: sealed,
    createdAt: now,
    expiresAt: now + hours(1),
  });
  const grant = { user, refreshToken: sealed, scopes: [], grantedAt: now };
  await store.consents.complete(ticketHash, grant, now);
  await store.close();
}

export const STORE: readonly BrokenSetUp[] = [
  {
    what: 'a database that can’t be made',
    break: ({ folder }) => ({ STORE: `sqlite:${folder}/client_secrets.json/postern.sqlite` }),
    area: 'Store and keys',
    cause: /client_secrets\.json\/postern\.sqlite isn’t there, and can’t be made/,
    remedy: /mkdir -p/,
    skips: [/^nothing is stored yet$/],
  },
  {
    what: 'a file in the place of the database that is none',
    break: ({ folder }) => ({ STORE: `sqlite:${folder}/client_secrets.json` }),
    area: 'Store and keys',
    cause: /damaged, or is no database/,
    remedy: /Correct STORE/,
  },
  {
    what: 'a database that another process keeps locked',
    break({ environment }) {
      lock = new DatabaseSync(pathOf(environment));
      lock.exec('BEGIN IMMEDIATE');
      return {};
    },
    mend: () => lock?.close(),
    area: 'Store and keys',
    cause: /does not answer\. Another process has kept it locked for too long/,
    remedy: /who has it open, fuser -v .*\/postern\.sqlite$/,
  },
  {
    what: 'a Firestore that isn’t reached',
    break: () => ({ STORE: 'firestore:auth-data', FIRESTORE_EMULATOR_HOST: '127.0.0.1:1' }),
    area: 'Network',
    cause: /the emulator of Firestore\) isn’t reached/,
    remedy: /FIRESTORE_EMULATOR_HOST/,
    skips: [/^needs 127\.0\.0\.1:1, see above$/],
  },
  {
    what: 'a key that people are connected under, and that is gone',
    async break(practice) {
      await connectSomebody(practice);
      return { TOKEN_KEYS: KEY };
    },
    area: 'Store and keys',
    cause: /1 connection under the key “laptop”, which is not in TOKEN_KEYS/,
    remedy: /Put the key back behind the first.*TOKEN_KEYS=new:…,laptop:…/,
  },
  {
    what: 'another key under the id of the one that people are connected under',
    break: () => ({ TOKEN_KEYS: KEY.replace('new', 'laptop') }),
    area: 'Store and keys',
    cause: /1 connection under the key “laptop”, and what TOKEN_KEYS has under this id/,
    remedy: /Restore the key/,
  },
];
