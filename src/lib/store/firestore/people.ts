import { parseRecord, personRecord } from '../records.ts';
import type { PeopleStore } from '../store.ts';
import type { Database } from './database.ts';

export function firestorePeople(database: Database): PeopleStore {
  return {
    async timeZone(user) {
      return database.call(async () => {
        const snapshot = await database.person(user).get();
        return snapshot.exists
          ? parseRecord(personRecord, 'people', snapshot.data()).timeZone
          : undefined;
      });
    },

    async keepTimeZone(user, timeZone) {
      await database.call(() => database.person(user).set({ user, timeZone }));
    },
  };
}
