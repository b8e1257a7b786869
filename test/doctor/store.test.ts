import { describe } from 'node:test';
import { hours } from '../../src/lib/clock.ts';
import { requestId, spaceName, userName } from '../../src/lib/names.ts';
import { createKeyring } from '../../src/lib/store/keyring.ts';
import { openStore } from '../../src/lib/store/open-store.ts';
import { isLocal, parseTokenKeys } from '../../src/lib/store/token-keys.ts';
import { broken } from './cases.ts';
import type { Practice } from './practice.ts';

const KEY = `new:${Buffer.alloc(32, 7).toString('base64')}`;

/** Somebody who has connected. */
async function connectSomebody({ environment, credentials }: Practice): Promise<void> {
  const parsed = parseTokenKeys(environment['TOKEN_KEYS'] ?? '');
  if (!('keys' in parsed)) throw new Error('No keys');
  const { clientId } = credentials.oauthClient;
  const sealer = createKeyring({ keys: parsed.keys.filter(isLocal), clientId });
  const path = environment['STORE']?.replace('sqlite:', '') ?? '';
  const store = await openStore({ kind: 'sqlite', path });
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

describe('the doctor, of what is wrong with the store and the keys,', () => {
  broken([
    {
      what: 'a database that can’t be made',
      break: ({ folder }) => ({ STORE: `sqlite:${folder}/client_secrets.json/postern.sqlite` }),
      check: 'store',
      cause: /client_secrets\.json\/postern\.sqlite isn’t there, and can’t be made/,
      remedy: /mkdir -p/,
    },
    {
      what: 'a file in the place of the database that is none',
      break: ({ folder }) => ({ STORE: `sqlite:${folder}/client_secrets.json` }),
      check: 'store',
      cause: /damaged, or is no database/,
      remedy: /Correct STORE/,
    },
    {
      what: 'a Firestore that isn’t reached',
      break: () => ({ STORE: 'firestore:auth-data', FIRESTORE_EMULATOR_HOST: '127.0.0.1:1' }),
      check: 'reach 127.0.0.1:1',
      cause: /the emulator of Firestore\) isn’t reached/,
      remedy: /FIRESTORE_EMULATOR_HOST/,
    },
    {
      what: 'a key that people are connected under, and that is gone',
      async break(practice) {
        await connectSomebody(practice);
        return { TOKEN_KEYS: KEY };
      },
      check: 'keys',
      cause: /1 connection under the key “laptop”, which is not in TOKEN_KEYS/,
      remedy: /Put the key back behind the first.*TOKEN_KEYS=new:…,laptop:…/,
    },
    {
      what: 'another key under the id of the one that people are connected under',
      break: () => ({ TOKEN_KEYS: KEY.replace('new', 'laptop') }),
      check: 'keys',
      cause: /1 connection under the key “laptop”, and what TOKEN_KEYS has under this id/,
      remedy: /Restore the key/,
    },
  ]);
});
