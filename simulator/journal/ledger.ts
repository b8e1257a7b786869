import { existsSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { z } from 'zod';
import type { LedgerRecord } from './entry.ts';

/** The requests that the app works on now, by its ledger; undefined when that can't be seen. */
export type Running = () => ReadonlySet<string> | undefined;

/** Looks into the app's ledger, which is another process's. */
export interface LedgerView {
  /** The records of these requests, as they are now; undefined while there is no ledger. */
  read(ids: readonly string[]): ReadonlyMap<string, LedgerRecord> | undefined;
  /** Whether anything may have changed since the last `read`. */
  hasChanged(): boolean;
  close(): void;
}

const time = z
  .number()
  .nullable()
  .transform((value) => value ?? undefined);

/** A row of `requests` (src/lib/store/sqlite/schema.ts), but for what is kept of the request. */
const row = z.object({
  id: z.string(),
  state: z.enum(['running', 'released', 'waiting', 'scheduled', 'due', 'done']),
  failures: z.number(),
  expiresAt: z.number(),
  leaseUntil: time,
  since: time,
  dueAt: time,
  scheduledFor: time,
  outcome: z
    .string()
    .nullable()
    .transform((value) => value ?? undefined),
});

const COLUMNS = Object.keys(row.shape).join(', ');

interface Opened {
  database: DatabaseSync;
  version: StatementSync;
  find: StatementSync;
}

/**
 * The ledger in an SQLite file, which need not be there yet, and may go. Read only: it waits for nobody, and keeps nobody
 * waiting.
 */
export function ledgerFile(path: string): LedgerView {
  let opened: Opened | undefined;
  let seen: unknown;

  const close = (): void => {
    opened?.database.close();
    opened = undefined;
    seen = undefined;
  };

  /** Whatever goes wrong, there is nothing to see just now: the file may be half made, locked, or gone. */
  const attempt = <T>(look: (opened: Opened) => T): T | undefined => {
    try {
      opened ??= open(path);
      return opened && look(opened);
    } catch {
      close();
      return undefined;
    }
  };

  return {
    read: (ids) =>
      attempt(({ find, version }) => {
        seen = versionIn(version);
        const rows = z.array(row).parse(find.all(JSON.stringify(ids)));
        return new Map(rows.map(({ id, ...record }) => [id, record]));
      }),
    hasChanged: () => attempt(({ version }) => versionIn(version) !== seen) ?? false,
    close,
  };
}

function open(path: string): Opened | undefined {
  if (!existsSync(path)) return undefined;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 50 });
  try {
    return {
      database,
      version: database.prepare('PRAGMA data_version'),
      find: database.prepare(
        `SELECT ${COLUMNS} FROM requests WHERE id IN (SELECT value FROM json_each(?))`,
      ),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Changes with every commit of another connection (sqlite.org, "PRAGMA data_version"). */
function versionIn(statement: StatementSync): unknown {
  return statement.get()?.['data_version'];
}
