import type { DatabaseSync } from 'node:sqlite';
import { parseRecord, personRecord } from '../records.ts';
import type { PeopleStore } from '../store.ts';
import { answered } from './errors.ts';

export function sqlitePeople(database: DatabaseSync): PeopleStore {
  const find = database.prepare('SELECT * FROM people WHERE user = ?');
  const save = database.prepare('INSERT OR REPLACE INTO people (user, timeZone) VALUES (?, ?)');

  return {
    async timeZone(user) {
      return answered(() => {
        const row = find.get(user);
        return row === undefined ? undefined : parseRecord(personRecord, 'people', row).timeZone;
      });
    },

    async keepTimeZone(user, timeZone) {
      answered(() => save.run(user, timeZone));
    },
  };
}
