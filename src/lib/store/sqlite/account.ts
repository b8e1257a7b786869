import type { DatabaseSync } from 'node:sqlite';
import { seconds } from '../../clock.ts';
import { StoreError } from '../../errors.ts';
import { userName } from '../../names.ts';
import { nextGrant } from '../consent-rules.ts';
import type { Grant, GrantStore, NewGrant, Store } from '../store.ts';
import { inTransaction, openDatabase } from './database.ts';
import { answered } from './errors.ts';
import { prepareFindGrant, prepareSaveGrant } from './grants.ts';
import { migrate } from './schema.ts';

const DEADLINE_MS = seconds(2);

/** The one account that somebody has signed in with at a terminal. Every method throws `StoreError`. */
export interface AccountStore extends Pick<Store, 'forgetPerson' | 'close'> {
  readonly grants: Pick<GrantStore, 'get' | 'delete'>;

  /** Whoever is signed in. */
  current(): Promise<Grant | undefined>;

  /** Signs in, in place of whoever was. */
  save(grant: NewGrant, now: number): Promise<Grant>;
}

/**
 * An SQLite file of the stores' own form, of which only the grants are used. Its folder is made for its owner alone if it isn't
 * there, and so is the file.
 *
 * @throws StoreError when the file can't be opened, or is no database of ours
 */
export function openAccountStore(path: string): AccountStore {
  return explained(() => {
    const database = openDatabase(path, DEADLINE_MS);
    try {
      migrate(database);
      return storeOn(database);
    } catch (error) {
      database.close();
      throw error;
    }
  });
}

function storeOn(database: DatabaseSync): AccountStore {
  const find = prepareFindGrant(database);
  const save = prepareSaveGrant(database);
  const newest = database.prepare('SELECT user FROM grants ORDER BY version DESC LIMIT 1');
  const clear = database.prepare('DELETE FROM grants');
  const removeVersion = database.prepare('DELETE FROM grants WHERE user = ? AND version = ?');
  const remove = database.prepare('DELETE FROM grants WHERE user = ?');

  return {
    grants: {
      get: async (user) => explained(() => find(user)),
      delete: async (user, version) =>
        explained(() => removeVersion.run(user, version).changes === 1),
    },

    async current() {
      return explained(() => {
        const user = userName.safeParse(newest.get()?.['user']).data;
        return user === undefined ? undefined : find(user);
      });
    },

    async save(grant, now) {
      return explained(() =>
        inTransaction(database, () => {
          const saved = nextGrant(grant, find(grant.user), now);
          clear.run();
          save(saved);
          return saved;
        }),
      );
    },

    async forgetPerson(user) {
      explained(() => remove.run(user));
    },

    async close() {
      if (database.isOpen) database.close();
    },
  };
}

/** The stores' own words are about `STORE`. */
function explained<T>(work: () => T): T {
  try {
    return answered(work);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const remedy =
      error.code === 'store_corrupt'
        ? 'is damaged, or of a newer Postern. Move it away, and sign in again.'
        : 'can’t be used. Check the folder in POSTERN_CONFIG_HOME (~/.config/postern by default), its disk, and who may write there.';
    throw new StoreError(error.code, `The file with your account ${remedy}`, { cause: error });
  }
}
