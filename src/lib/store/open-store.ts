import type { Store } from './store.ts';

/** Where grants, consents and requests are kept, as `STORE` says. */
export type StoreLocation =
  | { kind: 'sqlite'; path: string }
  | { kind: 'firestore'; database: string };

/** The project matters to Firestore only. */
export type StoreConfig = StoreLocation & { projectId?: string | undefined };

/**
 * Opens a store, and loads only the code of that one: Firestore's client alone takes 180 ms and 50 MB
 * (feasibility.md, section 4).
 *
 * @throws StoreError when an SQLite file can't be opened; Firestore is first asked by the first call
 */
export async function openStore(config: StoreConfig): Promise<Store> {
  switch (config.kind) {
    case 'sqlite': {
      const { openSqliteStore } = await import('./sqlite/sqlite-store.ts');
      return openSqliteStore({ path: config.path });
    }
    case 'firestore': {
      const { openFirestoreStore } = await import('./firestore/firestore-store.ts');
      return openFirestoreStore({ database: config.database, projectId: config.projectId });
    }
  }
}
