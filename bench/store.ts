import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Credentials } from '../simulator/credentials.ts';
import { CHAT_MESSAGES_CREATE } from '../src/lib/authorization/scopes.ts';
import { hours } from '../src/lib/clock.ts';
import { requestId, spaceName, userName } from '../src/lib/names.ts';
import { createKeyring } from '../src/lib/store/keyring.ts';
import { openStore, type StoreConfig } from '../src/lib/store/open-store.ts';
import type { Store } from '../src/lib/store/store.ts';
import { isLocal, parseTokenKeys } from '../src/lib/store/token-keys.ts';
import { userNameOf } from './google/asks.ts';

/** Makes grants of as many people, in the way in which consents make them. */
export async function giveGrants(
  store: Store,
  { tokenKeys, oauthClient }: Credentials,
  people: number,
): Promise<void> {
  const parsed = parseTokenKeys(tokenKeys);
  if (!('keys' in parsed)) throw new Error('The credentials have no keys');
  const sealer = createKeyring({
    keys: parsed.keys.filter(isLocal),
    clientId: oauthClient.clientId,
  });
  const now = Date.now();
  const give = async (person: number): Promise<void> => {
    const user = userName.parse(userNameOf(person));
    const ticketHash = createHash('sha256').update(`bench ${person}`).digest('hex');
    const verifier = await sealer.seal('verifier', { collection: 'consents', owner: user });
    const scopes = ['openid', CHAT_MESSAGES_CREATE];
    await store.consents.open({
      ticketHash,
      user,
      space: spaceName.parse('spaces/bench'),
      requestId: requestId.parse(ticketHash),
      scopes,
      verifier,
      nonce: verifier,
      createdAt: now,
      expiresAt: now + hours(1),
    });
    const refreshToken = await sealer.seal('bench-refresh', { collection: 'grants', owner: user });
    await store.consents.complete(ticketHash, { user, refreshToken, scopes, grantedAt: now }, now);
  };
  // One after the other: Firestore's emulator lets transactions with queries wait for each other.
  for (let person = 0; person < people; person++) await give(person);
}

const MEMORY = '/dev/shm';

/** A new SQLite file with so many grants: made once for each number, then copied. */
export async function sqliteWithGrants(
  folder: string,
  credentials: Credentials,
  { name, people }: { name: string; people: number },
): Promise<string> {
  const made = join(folder, `grants-${people}.sqlite`);
  if (!existsSync(made)) {
    // In memory, where the system has a place for that: this is not about the disk.
    const making = existsSync(MEMORY) ? join(MEMORY, `${basename(folder)}.sqlite`) : made;
    await withStore({ kind: 'sqlite', path: making }, (store) =>
      giveGrants(store, credentials, people),
    );
    if (making !== made) {
      copyFileSync(making, made);
      rmSync(making);
    }
  }
  const path = join(folder, `${name}.sqlite`);
  copyFileSync(made, path);
  return path;
}

/** Opens a store for as long as `work` takes. */
export async function withStore(
  config: StoreConfig,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const store = await openStore(config);
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

/** What the published flow reads: tokens as they are, in a table of its own. */
export function tokensFile(folder: string, people: number): string {
  const path = join(folder, 'tokens.sqlite');
  if (existsSync(path)) return path;
  const database = new DatabaseSync(path);
  database.exec(
    'CREATE TABLE tokens (user TEXT PRIMARY KEY, access_token TEXT, refresh_token TEXT)',
  );
  const insert = database.prepare('INSERT INTO tokens VALUES (?, ?, ?)');
  database.exec('BEGIN');
  for (let person = 0; person < people; person++) {
    insert.run(userNameOf(person), `bench-${person}`, 'bench-refresh');
  }
  database.exec('COMMIT');
  database.close();
  return path;
}
