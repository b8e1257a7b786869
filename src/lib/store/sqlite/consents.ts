import type { DatabaseSync } from 'node:sqlite';
import {
  EXPIRED_CONSENT_STAYS_MS,
  isOutdated,
  isPromptOpen,
  nextGrant,
  refusal,
} from '../consent-rules.ts';
import type { Consent, ConsentStore } from '../consent-store.ts';
import { consentRecord, parseRecord } from '../records.ts';
import { inTransaction } from './database.ts';
import { answered } from './errors.ts';
import { prepareFindGrant, prepareSaveGrant } from './grants.ts';
import { present } from './rows.ts';
import { joinScopes, splitScopes } from './scopes.ts';

const consentRow = consentRecord.extend({ scopes: splitScopes });

/** How many records a call tidies away at most, so that none takes long. */
const PURGE_BATCH = 50;

export function sqliteConsents(database: DatabaseSync): ConsentStore {
  const findGrant = prepareFindGrant(database);
  const saveGrant = prepareSaveGrant(database);
  const find = database.prepare('SELECT * FROM consents WHERE ticketHash = ?');
  const findPending = database.prepare(
    `SELECT * FROM consents WHERE user = ? AND space = ? AND status = 'pending'`,
  );
  const insert = database.prepare(`
    INSERT INTO consents
      (ticketHash, user, space, requestId, scopes, verifier, nonce, status, createdAt, expiresAt,
       traceparent)
    VALUES
      (:ticketHash, :user, :space, :requestId, :scopes, :verifier, :nonce, 'pending', :createdAt, :expiresAt,
       :traceparent)`);
  const remove = database.prepare('DELETE FROM consents WHERE ticketHash = ?');
  const purge = database.prepare(`
    DELETE FROM consents WHERE ticketHash IN
      (SELECT ticketHash FROM consents WHERE expiresAt <= ? LIMIT ${PURGE_BATCH})`);
  const useUp = database.prepare(
    `UPDATE consents SET status = 'used' WHERE user = ? AND status = 'pending'`,
  );
  // Due since they began to wait: who has waited longest comes first.
  const makeDue = database.prepare(
    `UPDATE requests SET state = 'due', dueAt = since, dueSince = ?, since = NULL WHERE user = ? AND state = 'waiting'`,
  );

  function get(ticketHash: string): Consent | undefined {
    const row = find.get(ticketHash);
    return row === undefined ? undefined : parseRecord(consentRow, 'consents', present(row));
  }

  return {
    async open(consent) {
      const { ticketHash, user, space, requestId, verifier, nonce, createdAt, expiresAt } = consent;
      return answered(() =>
        inTransaction(database, () => {
          const pending = findPending
            .all(user, space)
            .map((row) => parseRecord(consentRow, 'consents', present(row)));
          if (isPromptOpen(pending, consent)) return 'already-open';

          for (const before of pending) {
            if (isOutdated(before, consent)) remove.run(before.ticketHash);
          }
          const scopes = joinScopes(consent.scopes);
          insert.run({
            ticketHash,
            user,
            space,
            requestId,
            scopes,
            verifier,
            nonce,
            createdAt,
            expiresAt,
            traceparent: consent.traceparent ?? null,
          });
          purge.run(createdAt - EXPIRED_CONSENT_STAYS_MS);
          return 'opened';
        }),
      );
    },

    async get(ticketHash) {
      return answered(() => get(ticketHash));
    },

    async complete(ticketHash, grant, now) {
      return answered(() =>
        inTransaction(database, () => {
          const refused = refusal(get(ticketHash), grant, now);
          if (refused !== undefined) return refused;

          saveGrant(nextGrant(grant, findGrant(grant.user), now));
          useUp.run(grant.user);
          makeDue.run(now, grant.user);
          return 'completed';
        }),
      );
    },
  };
}
