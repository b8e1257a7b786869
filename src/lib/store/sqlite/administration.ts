import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { requestId } from '../../names.ts';
import { type Administration, listed, type RequestFilter } from '../administration.ts';
import { entryOf, forgetOne, replay } from '../operator-rules.ts';
import { parseRecord, type RequestRecord } from '../records.ts';
import { inTransaction } from './database.ts';
import { answered } from './errors.ts';
import { readGrantRow } from './grants.ts';
import { prepareRequestTable, readRequestRow } from './request-table.ts';
import { sqliteSealed } from './sealed.ts';

const rowKey = z.object({ id: requestId });

export function sqliteAdministration(database: DatabaseSync): Administration {
  const table = prepareRequestTable(database);
  const listGrants = database.prepare(
    'SELECT * FROM grants WHERE user > :after ORDER BY user LIMIT :limit',
  );
  const listRequests = {
    state: database.prepare(
      'SELECT * FROM requests WHERE id > :after AND state = :value ORDER BY id LIMIT :limit',
    ),
    outcome: database.prepare(
      'SELECT * FROM requests WHERE id > :after AND outcome = :value ORDER BY id LIMIT :limit',
    ),
  };

  return {
    ...sqliteSealed(database),

    async listGrants({ after, limit }) {
      return answered(() =>
        listGrants
          .all({ after: after?.key ?? '', limit })
          .map((row) => listed({ key: String(row['user']) }, () => readGrantRow(row))),
      );
    },

    async listRequests(which, { after, limit }) {
      const [field, value] = fieldOf(which);
      return answered(() =>
        listRequests[field].all({ after: after?.key ?? '', value, limit }).map((row) =>
          listed({ key: String(row['id']) }, () => {
            const { id } = parseRecord(rowKey, 'requests', row);
            return entryOf(id, readRequestRow(row));
          }),
        ),
      );
    },

    async findRequest(id) {
      return answered(() => {
        const record = table.find(id);
        return record === undefined ? undefined : entryOf(id, record);
      });
    },

    replay: async (id, now) => change(id, (record) => replay(record, now)),
    forget: async (id, now) => change(id, (record) => forgetOne(record, now)),
  };

  function change<T>(
    id: z.infer<typeof requestId>,
    rule: (record: RequestRecord | undefined) => { answer: T; next?: RequestRecord },
  ): T {
    return answered(() =>
      inTransaction(database, () => {
        const { answer, next } = rule(table.find(id));
        if (next !== undefined) table.save(id, next);
        return answer;
      }),
    );
  }
}

function fieldOf(which: RequestFilter): ['state' | 'outcome', string] {
  return 'state' in which ? ['state', which.state] : ['outcome', which.outcome];
}
